import { describe, expect, it } from 'vitest';
import { Demand } from './demand.ts';

const BEGIN = 1_800_000_000_000;

describe('the demand of a process', () => {
  const asked = (demand: Demand, time: number) =>
    Object.fromEntries([...demand.noticeable(time)].map(([key, { times }]) => [key, times]));

  it('is noticeable from a twentieth of the limit on', () => {
    const demand = new Demand();
    const noticed = [1, 2, 3].map(() => demand.count('a', 40, BEGIN));
    expect(noticed).toEqual([false, true, true]);
    expect(demand.count('b', 1_000, BEGIN)).toBe(false);
    expect(demand.count('c', 1, BEGIN)).toBe(true);
    expect(asked(demand, BEGIN)).toEqual({ a: 3, c: 1 });
  });

  it('is what was asked for in the last full second, or in this one where that is more already', () => {
    const demand = new Demand();
    for (let each = 0; each < 10; each++) demand.count('steady', 10, BEGIN + each * 100);
    for (let each = 0; each < 3; each++) demand.count('steady', 10, BEGIN + 1_000);
    for (let each = 0; each < 7; each++) demand.count('rising', 10, BEGIN + 1_000);
    expect(asked(demand, BEGIN + 1_999)).toEqual({ steady: 10, rising: 7 });
    expect(asked(demand, BEGIN + 2_000)).toEqual({ steady: 3, rising: 7 });
    expect(asked(demand, BEGIN + 3_000)).toEqual({});
  });

  it('forgets after a pause, and where the clock was put back', () => {
    const demand = new Demand();
    demand.count('a', 1, BEGIN);
    demand.count('b', 1, BEGIN + 5_000);
    expect(asked(demand, BEGIN + 5_000)).toEqual({ b: 1 });
    expect(asked(demand, BEGIN)).toEqual({});
  });

  it('of very many keys is that of those who use the most of their limits', () => {
    const demand = new Demand();
    const times = (key: number) => (key % 3 === 0 ? 2 : 1);
    for (let key = 0; key < 2_400; key++) {
      for (let each = 0; each < times(key); each++) demand.count(`${key}`, 10, BEGIN);
    }
    demand.count('small', 1, BEGIN);
    const found = [...demand.noticeable(BEGIN).entries()];
    expect(found).toHaveLength(1_000);
    expect(found[0]).toEqual(['small', { limit: 1, times: 1 }]);
    expect(found.slice(1, 801).every(([, { times }]) => times === 2)).toBe(true);
  });
});
