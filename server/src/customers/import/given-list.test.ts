import { describe, expect, it } from 'vitest';
import { type RowMistake, raiseRows } from './given-list.ts';

const raised = (mistakes: RowMistake[]) => {
  try {
    raiseRows(mistakes);
  } catch (error) {
    return error;
  }
  return undefined;
};
const mistake = (index: number, field = 'email', sentence = 'must be an email address') => ({
  index,
  field,
  sentence,
});

describe('raiseRows', () => {
  it('raises nothing where nothing is wrong', () => {
    expect(raised([])).toBeUndefined();
  });

  it('gathers the mistakes of each row by their fields, in the order of the list', () => {
    const mistakes = [
      mistake(7),
      mistake(2, 'gender', 'a'),
      mistake(7, 'email', 'b'),
      mistake(7, 'username', 'c'),
    ];
    expect(raised(mistakes)).toMatchObject({
      status: 400,
      rows: [
        { index: 2, errors: { gender: ['a'] } },
        { index: 7, errors: { email: ['must be an email address', 'b'], username: ['c'] } },
      ],
    });
  });

  it('names the first thousand rows at most', () => {
    const { rows } = raised(Array.from({ length: 1_500 }, (_, place) => mistake(2_000 - place))) as {
      rows: { index: number }[];
    };
    expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: 1_000 }, (_, place) => 501 + place));
  });
});
