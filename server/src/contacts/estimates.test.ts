import { expect, it, vi } from 'vitest';
import { Estimates } from './estimates.ts';

/** Totals that fall by `step` with every unit of time, and how often they were asked for. */
function falling(from: number, step: number) {
  const estimates = new Estimates();
  const ask = vi.fn((time: number) => Promise.resolve(from - step * time));
  return { at: (time: number) => estimates.at(time, ask), know: estimates.know.bind(estimates), ask };
}

it('asks for what it does not know, once', async () => {
  const { at, ask } = falling(100_000, 10);
  expect([await at(50), await at(50), await at(50)]).toEqual([99_500, 99_500, 99_500]);
  expect(ask).toHaveBeenCalledTimes(1);
});

it('draws a line between two that are near to each other, and asks between two that are not', async () => {
  const { at, know, ask } = falling(100_000, 10);
  know(0, 100_000);
  know(100, 99_000);
  expect(await at(50)).toBe(99_500);
  expect(ask).not.toHaveBeenCalled();
  know(9_000, 10_000);
  expect(await at(5_000)).toBe(50_000);
  // The second one is for those who go on from there.
  expect(ask.mock.calls).toEqual([[5_000], [7_000]]);
});

it('asks where it knows of nothing later, or of nothing earlier', async () => {
  const { at, ask } = falling(100_000, 1);
  await at(10);
  await at(20);
  await at(5);
  expect(ask).toHaveBeenCalledTimes(3);
});

it('keeps nothing of an estimate that failed', async () => {
  const estimates = new Estimates();
  await expect(estimates.at(1, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await estimates.at(1, () => Promise.resolve(5))).toBe(5);
});

it('walks a hundred thousand with few questions', async () => {
  const { at, know, ask } = falling(100_000, 1);
  know(90_000, 10_000);
  for (let time = 0; time <= 90_000; time += 200) {
    const told = await at(time);
    expect(Math.abs(told - (100_000 - time))).toBeLessThan(1);
  }
  expect(ask.mock.calls.length).toBeLessThan(150);
});
