import { describe, expect, it } from 'vitest';
import { readRows } from './read-rows.ts';
import { MOST_ROWS } from './schemas.ts';

const row = (more: object = {}) => ({
  pk_attribute: 'username',
  username: 'zoe',
  email: 'zoe@example.org',
  account_type: 'recruiter',
  ...more,
});
const mistakesIn = async (...rows: unknown[]) =>
  (await readRows(rows)).mistakes.map(({ index, field, sentence }) => `${index} ${field}: ${sentence}`);

describe('readRows', () => {
  it('reads rows without the blanks around their texts', async () => {
    const more = { username: ' zoe ', first_name: ' Zoé', last_name: null, gender: 'mrs', position: 'Cook ' };
    expect(await readRows([row(more)])).toEqual({
      rows: [
        {
          index: 0,
          pk: 'username',
          username: 'zoe',
          email: 'zoe@example.org',
          accountType: 'recruiter',
          firstName: 'Zoé',
          lastName: '',
          position: 'Cook',
          gender: 'mrs',
        },
      ],
      mistakes: [],
    });
  });

  it('names all mistakes of all rows', async () => {
    const long = 'x'.repeat(255);
    expect(
      await mistakesIn(
        {},
        row({ pk_attribute: 'phone', username: ' ', email: 'zoe', account_type: 'boss' }),
        row(),
        row({ username: long, email: `${long}@example.org`, first_name: long, gender: long, position: 1 }),
        row({ username: null, email: ' zoe@example.org', last_name: 'a\0b', first_name: '\ud800' }),
      ),
    ).toEqual([
      '0 pk_attribute: This field is required.',
      '0 username: This field is required.',
      '0 email: This field is required.',
      '0 account_type: This field is required.',
      '1 pk_attribute: must be one of username, email',
      '1 email: must be an email address',
      '1 account_type: must be one of owner, admin, recruiter, hiring-manager',
      '1 username: must not be empty',
      '3 username: must be at most 254 characters long',
      '3 email: must be at most 254 characters long',
      '3 email: must be an email address',
      '3 first_name: must be at most 200 characters long',
      '3 gender: must be at most 50 characters long',
      '3 position: must be a string or null',
      '4 username: must be a string',
      '4 email: must be an email address',
      '4 first_name: must not contain half of a surrogate pair',
      '4 last_name: must not contain the character U+0000',
    ]);
  });

  it('keeps nothing of a mistaken field, and the rest of its row', async () => {
    const { rows } = await readRows([row({ username: '', email: 'ZOE@example.org', account_type: 7 })]);
    expect(rows[0]).toMatchObject({ username: undefined, email: 'ZOE@example.org', accountType: undefined });
  });

  it.each([null, 7, 'zoe', true, [], [row()]])('takes no %j for a row', async (given) => {
    expect(await mistakesIn(row(), given)).toEqual(['1 non_field_errors: must be an object']);
  });

  it('looks at no property that is not its own, and at none that it does not know', async () => {
    const given = JSON.parse(
      '{"__proto__": {"username": "zoe"}, "constructor": 7, "toString": "\\u0000", "x": "\\u0000"}',
    );
    expect(await mistakesIn({ ...row(), username: undefined, ...given })).toEqual([
      '0 username: This field is required.',
    ]);
  });

  it.each([
    ['an object', row()],
    ['a text', 'zoe'],
    ['null', null],
    ['an empty list', []],
  ])('refuses %s', async (_kind, body) => {
    await expect(readRows(body)).rejects.toMatchObject({ status: 400, rows: undefined });
  });

  it('refuses more rows than it takes', async () => {
    const rows = Array.from({ length: MOST_ROWS + 1 }, () => row());
    await expect(readRows(rows)).rejects.toMatchObject({ status: 400, message: /at most 20000 rows/ });
    expect((await readRows(rows.slice(1))).rows).toHaveLength(MOST_ROWS);
  });
});
