import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Porch } from './porch.ts';

let now = 1000;
beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => now));
afterEach(() => void vi.restoreAllMocks());

it('is free for whoever comes until a turn has lasted long, and again in the next one', async () => {
  const porch = new Porch();
  for (let each = 0; each < 100; each++) expect(porch.isFree()).toBe(true);
  now += 1000;
  expect(porch.isFree()).toBe(false);
  await turn();
  expect(porch.isFree()).toBe(true);
});

it('calls those who wait in the order in which they came, and nobody passes them', async () => {
  const porch = new Porch();
  const called: number[] = [];
  for (let each = 0; each < 5; each++) porch.wait(() => called.push(each));
  expect([porch.isFree(), porch.length]).toEqual([false, 5]);
  while (porch.length > 0) await turn();
  expect(called).toEqual([0, 1, 2, 3, 4]);
  expect(porch.isFree()).toBe(true);
});

it('calls no more in a turn than there is time for', async () => {
  const porch = new Porch();
  const called: string[] = [];
  for (let each = 0; each < 3; each++) {
    porch.wait(() => {
      called.push('one');
      now += 1000;
    });
  }
  while (porch.length > 0) {
    await turn();
    if (called.at(-1) === 'one') called.push('another turn');
  }
  expect(called).toEqual(['one', 'another turn', 'one', 'another turn', 'one', 'another turn']);
});

it('says how long the first one has waited', () => {
  const porch = new Porch();
  expect(porch.delay()).toBe(0);
  porch.wait(() => {});
  now += 250;
  porch.wait(() => {});
  expect(porch.delay()).toBe(250);
});
