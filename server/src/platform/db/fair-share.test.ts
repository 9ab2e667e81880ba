import { expect, it } from 'vitest';
import { DatabaseBusy } from './errors.ts';
import { FairShare } from './fair-share.ts';

const PATIENT = 60_000;

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

it('runs no more of one key at a time than its share, and all in the end', async () => {
  const share = new FairShare(2, 10, PATIENT);
  const { open, opened } = gate();
  let running = 0;
  let most = 0;
  const tasks = Array.from({ length: 8 }, (_, index) =>
    share.run('a', async () => {
      most = Math.max(most, ++running);
      await opened;
      running--;
      return index;
    }),
  );
  open();
  expect(await Promise.all(tasks)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(most).toBe(2);
});

it('does not let one key wait for another', async () => {
  const share = new FairShare(1, 10, PATIENT);
  const { open, opened } = gate();
  const slow = share.run('a', () => opened);
  expect(await share.run('b', async () => 'done')).toBe('done');
  open();
  await slow;
});

it('turns away what would wait too long, and goes on after a task that failed', async () => {
  const share = new FairShare(1, 1, PATIENT);
  const { open, opened } = gate();
  const first = share.run('a', async () => {
    await opened;
    throw new Error('failed');
  });
  const second = share.run('a', async () => 'second');
  await expect(share.run('a', async () => 'third')).rejects.toBeInstanceOf(DatabaseBusy);
  open();
  await expect(first).rejects.toThrow('failed');
  expect(await second).toBe('second');
  expect(await share.run('a', async () => 'fourth')).toBe('fourth');
});

it('turns away what has waited too long, and calls those behind it', async () => {
  const share = new FairShare(1, 10, 1);
  const { open, opened } = gate();
  const first = share.run('a', () => opened);
  await expect(share.run('a', async () => 'second')).rejects.toBeInstanceOf(DatabaseBusy);
  open();
  await first;
  expect(await share.run('a', async () => 'third')).toBe('third');
});
