import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseAway } from '../db/errors.ts';
import type { Sql } from '../db/statement.ts';
import { LimitShares, shareOf } from './limit-shares.ts';

describe('a share of a limit', () => {
  it.each([
    ['alone', 40, 500, 0, 40],
    ['of two alike', 40, 500, 500, 20],
    ['by demand', 40, 300, 100, 30],
    ['what the others leave, under the limit', 40, 5, 20, 20],
    ['of what is used up exactly', 40, 10, 30, 10],
    ['one at least', 40, 1, 1_000, 1],
    ['of one request a second', 1, 9, 9, 1],
  ])('%s', (_what, limit, own, others, share) => {
    expect(shareOf(limit, own, others)).toBe(share);
  });

  it('is, with all others, the limit, as soon as more than that is asked for', () => {
    for (const limit of [40, 100, 1_000]) {
      for (const demands of [
        [limit, limit],
        [limit, limit / 4],
        [limit / 2, limit / 2],
        [limit, 2 * limit, 3 * limit],
        Array(8).fill(limit),
      ]) {
        const all = demands.reduce((sum, one) => sum + one, 0);
        const given = demands.map((own) => shareOf(limit, own, all - own)).reduce((sum, one) => sum + one, 0);
        expect(Math.abs(given - limit)).toBeLessThanOrEqual(demands.length / 2);
      }
    }
  });
});

describe('the shares of a process', () => {
  const EVERY = 300;
  const log = pino({ level: 'silent' });
  const shares: LimitShares[] = [];
  let told: unknown[] = [];
  let others: (own: Record<string, number>) => { key: string; times: number }[];
  const sql: Sql = {
    run: (async (_statement: unknown, [, demand]: [string, string]) => {
      const own = JSON.parse(demand);
      told.push(own);
      return others(own);
    }) as never,
    write() {},
  };
  const started = () => {
    const one = new LimitShares(sql, log, { every: EVERY, freshFor: 2 });
    shares.push(one);
    return one;
  };
  const ask = (one: LimitShares, times: number, key = 'address 192.0.2.7') => {
    let share = 0;
    for (let each = 0; each < times; each++) share = one.take(key, 40);
    return share;
  };
  const alike = (own: Record<string, number>) => Object.entries(own).map(([key, times]) => ({ key, times }));

  beforeEach(() => {
    told = [];
    others = () => [];
    vi.useFakeTimers({ now: 1_800_000_000_000 });
  });
  afterEach(() => {
    for (const one of shares.splice(0)) one.stop();
    vi.useRealTimers();
  });

  it('cost no statement where little is asked for', async () => {
    const one = started();
    for (let second = 0; second < 10; second++) {
      expect(ask(one, 1)).toBe(40);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(told).toEqual([]);
  });

  it('cost one statement each time while there is something to tell, and a last one', async () => {
    const one = started();
    ask(one, 30);
    ask(one, 1, 'company 7');
    await vi.advanceTimersByTimeAsync(EVERY - 1);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    // The seconds 0 and 1 tell of the thirty, the first exchange after them of nothing.
    expect(told.length).toBe(7);
    expect(told.slice(0, -1).map((own) => Object.values(own as object))).toEqual(Array(6).fill([30]));
    expect(told.at(-1)).toEqual({});
  });

  it('tell no address', async () => {
    ask(started(), 30);
    await vi.advanceTimersByTimeAsync(EVERY);
    const keys = Object.keys(told[0] as object);
    expect(keys).toEqual([expect.stringMatching(/^[\w-]{16}$/)]);
  });

  it('follow the demand, key by key', async () => {
    const one = started();
    others = (own) => alike(own).filter(({ times }) => times === 60);
    expect([ask(one, 60), ask(one, 50, 'company 7')]).toEqual([40, 40]);
    await vi.advanceTimersByTimeAsync(EVERY);
    expect([ask(one, 1), ask(one, 1, 'company 7')]).toEqual([20, 40]);
    others = () => [];
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(ask(one, 1)).toBe(40);
  });

  it('hold for a moment without the database, then the limit is whole', async () => {
    const one = started();
    others = alike;
    ask(one, 60);
    await vi.advanceTimersByTimeAsync(EVERY);
    others = () => {
      throw new DatabaseAway(undefined);
    };
    ask(one, 60);
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(ask(one, 60)).toBe(20);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(ask(one, 60)).toBe(40);
    others = alike;
    await vi.advanceTimersByTimeAsync(EVERY);
    expect(ask(one, 1)).toBe(20);
  });

  it('are not asked for any more once stopped', async () => {
    const one = started();
    ask(one, 60);
    await vi.advanceTimersByTimeAsync(EVERY);
    one.stop();
    ask(one, 60);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toHaveLength(1);
  });
});
