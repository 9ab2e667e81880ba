import { expect, it } from 'vitest';
import { atMost } from './at-most.ts';

const refuse = () => new Error('full');

it('runs as many at once as it may, in their order, whatever becomes of them', async () => {
  const take = atMost({ running: 2, waiting: 10, refuse });
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const begun: number[] = [];
  const taken = gates.map(({ promise }, at) =>
    take(async () => {
      begun.push(at);
      await promise;
      return at;
    }).catch((error: Error) => error.message),
  );
  expect(begun).toEqual([0, 1]);
  gates[1]!.reject(new Error('broken'));
  expect(await taken[1]).toBe('broken');
  expect(begun).toEqual([0, 1, 2]);
  gates[2]!.resolve();
  gates[0]!.resolve();
  await Promise.all([taken[0], taken[2]]);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  for (const { resolve } of gates) resolve();
  expect(await Promise.all(taken)).toEqual([0, 'broken', 2, 3, 4]);
});

it('refuses who would wait behind too many, and takes the next when there is room', async () => {
  const take = atMost({ running: 1, waiting: 1, refuse });
  const gate = Promise.withResolvers<void>();
  const first = take(() => gate.promise);
  const second = take(async () => 'second');
  await expect(take(async () => 'third')).rejects.toThrow('full');
  gate.resolve();
  await first;
  expect(await second).toBe('second');
  expect(await take(async () => 'fourth')).toBe('fourth');
});
