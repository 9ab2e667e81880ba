import { afterEach, describe, expect, it, vi } from 'vitest';
import { isUuid, uuidv7 } from './uuid.ts';

afterEach(() => vi.restoreAllMocks());

const many = (count: number) => Array.from({ length: count }, uuidv7);
const timeOf = (uuid: string) => Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
const counterOf = (uuid: string) => Number.parseInt(uuid.slice(15, 18), 16);

function expectAscending(uuids: string[]): void {
  expect(uuids).toEqual(uuids.toSorted());
  expect(new Set(uuids).size).toBe(uuids.length);
}

describe('uuidv7', () => {
  it('makes a UUID of version 7 that holds the time', () => {
    const before = Date.now();
    const uuid = uuidv7();
    expect(isUuid(uuid)).toBe(true);
    expect(uuid).toMatch(/^.{14}7.{4}[89ab]/);
    expect(timeOf(uuid)).toBeGreaterThanOrEqual(before);
    expect(timeOf(uuid)).toBeLessThanOrEqual(Date.now());
  });

  it('ascends within a millisecond', () => {
    const now = Date.now() + 1_000;
    vi.spyOn(Date, 'now').mockReturnValue(now);
    const uuids = many(2_000);
    expectAscending(uuids);
    expect(new Set(uuids.map(timeOf))).toEqual(new Set([now]));
  });

  it('begins each millisecond at random, with room above', () => {
    const start = Date.now() + 2_000;
    let now = start;
    vi.spyOn(Date, 'now').mockImplementation(() => now++);
    const counters = many(200).map(counterOf);
    expect(new Set(counters).size).toBeGreaterThan(100);
    expect(Math.max(...counters)).toBeLessThan(2_048);
  });

  it('borrows from the next millisecond when one is full', () => {
    const now = Date.now() + 4_000;
    vi.spyOn(Date, 'now').mockReturnValue(now);
    const uuids = many(10_000);
    expectAscending(uuids);
    expect(timeOf(uuids.at(-1)!)).toBeGreaterThan(now);
    expect(timeOf(uuids.at(-1)!)).toBeLessThan(now + 10);
  });

  it('ascends while the clock runs back', () => {
    let now = Date.now() + 6_000;
    vi.spyOn(Date, 'now').mockImplementation(() => now--);
    expectAscending(many(3_000));
  });
});
