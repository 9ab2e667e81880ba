import { expect, it, onTestFinished, vi } from 'vitest';
import { DatabaseBusy } from './errors.ts';
import { FairShare, type Shares } from './fair-share.ts';

const PATIENT = 60_000;
const shareOf = (shares: Partial<Shares>) =>
  new FairShare({ all: 100, each: 1, waiting: 10, patience: PATIENT, ...shares });

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

it('runs no more of one key at a time than its share, and all in the end', async () => {
  const share = shareOf({ each: 2 });
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
  const share = shareOf({});
  const { open, opened } = gate();
  const slow = share.run('a', () => opened);
  expect(await share.run('b', async () => 'done')).toBe('done');
  open();
  await slow;
});

it('runs no more in all than there is room for, and serves the keys in turn, however many one has', async () => {
  const share = shareOf({ all: 2, each: 2 });
  const { open, opened } = gate();
  const order: string[] = [];
  let running = 0;
  let most = 0;
  const run = (key: string, name: string) =>
    share.run(key, async () => {
      most = Math.max(most, ++running);
      order.push(name);
      await opened;
      running--;
    });
  const tasks = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1'].map((name) => run(name[0]!, name));
  open();
  await Promise.all(tasks);
  expect(order).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'a4', 'b2', 'a5']);
  expect(most).toBe(2);
});

it('turns away what would wait too long, and goes on after a task that failed', async () => {
  const share = shareOf({ waiting: 1 });
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
  const share = shareOf({ patience: 1 });
  const { open, opened } = gate();
  const first = share.run('a', () => opened);
  await expect(share.run('a', async () => 'second')).rejects.toBeInstanceOf(DatabaseBusy);
  const patient = share.run('a', async () => 'third', PATIENT);
  open();
  await first;
  expect(await patient).toBe('third');
});

it('turns away at once what its line, by how it moves, would keep for too long', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const share = shareOf({ patience: 500 });
  const gates = Array.from({ length: 4 }, gate);
  const tasks = gates.map((each) => share.run('a', () => each.opened, PATIENT));
  vi.advanceTimersByTime(450);
  gates[0]!.open();
  await tasks[0];
  // The clock stands still: whoever is turned away now has not waited.
  await expect(share.run('a', async () => {})).rejects.toBeInstanceOf(DatabaseBusy);
  for (const each of gates) each.open();
  await Promise.all(tasks);
  const again = ['first', 'second', 'third'].map((name) => share.run('a', async () => name));
  expect(await Promise.all(again)).toEqual(['first', 'second', 'third']);
});

it('turns away at once what would stand behind others in a line that does not move', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const share = shareOf({ patience: 500 });
  const { open, opened } = gate();
  const first = share.run('a', () => opened);
  const waits = share.run('a', async () => 'second', PATIENT);
  vi.advanceTimersByTime(450);
  await expect(share.run('a', async () => {})).rejects.toBeInstanceOf(DatabaseBusy);
  open();
  await first;
  expect(await waits).toBe('second');
});
