import { describe, expect, it } from 'vitest';
import { decidedStages, usualStages } from './stages.ts';
import type { Stage } from './vacancy.ts';
import type { StageInput } from './vacancy-input.ts';

const stage = (id: string, value: string, more: Partial<Stage> = {}): Stage => ({
  id,
  value,
  name: value,
  order: 0,
  locked: false,
  integrations: {},
  ...more,
});
const brief = (stages: Stage[]) => stages.map(({ id, value }) => `${id} ${value}`);

describe('usualStages', () => {
  it('are five, in order, open, with ids of their own each time', () => {
    const stages = usualStages();
    expect(stages.map(({ value }) => value)).toEqual(['Applied', 'Screening', 'Interview', 'Offer', 'Hired']);
    expect(stages.map(({ order }) => order)).toEqual([0, 1, 2, 3, 4]);
    expect(stages.some(({ locked }) => locked)).toBe(false);
    expect(new Set([...stages, ...usualStages()].map(({ id }) => id)).size).toBe(10);
  });
});

describe('decidedStages', () => {
  const before = [stage('a', 'One'), stage('b', 'Two', { group: 'g', locked: true })];

  it('an id outweighs a value; a value is known whatever its case and the blanks around it', () => {
    const given: StageInput[] = [{ id: 'b', value: 'One' }, { value: '  oNE ' }];
    expect(brief(decidedStages(before, given))).toEqual(['b One', 'a oNE']);
  });

  it('a stage that another entry claims by its id, before or after, is not known by its value', () => {
    for (const given of [
      [{ value: 'One' }, { id: 'a', value: 'First' }],
      [{ id: 'a', value: 'First' }, { value: 'One' }],
    ]) {
      const ids = decidedStages(before, given).map(({ id }) => id);
      expect(ids.filter((id) => id === 'a')).toHaveLength(1);
      expect(new Set(ids).size).toBe(2);
    }
  });

  it('of two entries of one value the first is the known stage, the other a new one', () => {
    const [first, second] = decidedStages(before, [{ value: 'one' }, { value: 'ONE' }]);
    expect(first!.id).toBe('a');
    expect(['a', 'b']).not.toContain(second!.id);
  });

  it('what an entry does not name stays; null clears group and integrations, and leaves the rest', () => {
    const known = [
      stage('a', 'One', { name: 'No. 1', group: 'g', locked: true, integrations: { jazz: { id: '1' } } }),
    ];
    expect(decidedStages(known, [{ id: 'a' }])).toEqual(known);
    const [cleared] = decidedStages(known, [
      { id: 'a', name: null, value: null, group: null, locked: null, order: null, integrations: null },
    ]);
    expect(cleared).toEqual(stage('a', 'One', { name: 'No. 1', locked: true }));
  });

  it('a name that was the value follows it; one of its own stays', () => {
    const known = [stage('a', 'One'), stage('b', 'Two', { name: 'No. 2' })];
    const names = decidedStages(known, [
      { id: 'a', value: 'First' },
      { id: 'b', value: 'Second' },
    ]).map(({ name }) => name);
    expect(names).toEqual(['First', 'No. 2']);
  });

  it('the order is that of `order`, else of the entries', () => {
    const given = [{ value: 'x', order: 2 }, { value: 'y' }, { value: 'z', order: 0 }];
    expect(decidedStages([], given).map(({ value }) => value)).toEqual(['z', 'y', 'x']);
  });

  it.each([
    [[{}], 'stages[0]: must have a value or a name'],
    [[{ value: 'x' }, { value: ' ', name: '' }], 'stages[1]: must have a value or a name'],
    [[{ id: 'new' }], 'stages[0]: must have a value or a name'],
    [
      [
        { id: 'n', value: 'x', order: 9 },
        { id: 'n', value: 'y' },
      ],
      'stages[1].id: must not be the id of another stage of the vacancy',
    ],
  ])('refuses %j', (given, message) => {
    expect(() => decidedStages(before, given)).toThrow(message);
  });
});
