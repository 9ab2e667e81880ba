import type { Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { keepWorkers, tell } from './keep-workers.ts';

const EVENTUALLY = { timeout: 20_000, interval: 10 };

/** Workers that have told who they are, in the order in which they did. */
function started(count: number) {
  const told: { pid: number; launcher: string | undefined }[] = [];
  const lines: { reason: string; deaths: number }[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const workers = keepWorkers({
    program: fileURLToPath(new URL('fixtures/mortal.ts', import.meta.url)),
    count,
    heard: (_worker, message) => void told.push(message as never),
    log,
  });
  onTestFinished(() => workers.end(0));
  const upTo = (number: number) => vi.waitFor(() => expect(told).toHaveLength(number), EVENTUALLY);
  const ends = (worker: Worker | undefined, status: number) => tell(worker!, { end: status });
  return { workers, told, lines, upTo, ends };
}

test('a worker that ends is replaced, and none has the descriptor of the launcher', async () => {
  vi.stubEnv('LAUNCHER_FD', '3');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { workers, told, lines, upTo, ends } = started(2);
  await upTo(2);
  const [first, second] = workers.all();
  ends(first, 7);
  await upTo(3);
  expect(workers.all()[0]).toBe(second);
  expect(workers.all()).toHaveLength(2);
  expect(lines).toMatchObject([{ process: first!.process.pid, reason: 'ended with status 7', deaths: 1 }]);
  expect(new Set(told.map(({ pid }) => pid)).size).toBe(3);
  expect(told.map(({ launcher }) => launcher)).toEqual([undefined, undefined, undefined]);
  await workers.end(0);
  expect(workers.all()).toEqual([]);
  expect(lines).toHaveLength(1);
});

test('five ends within a minute are too many, and then none is replaced', async () => {
  const { workers, told, lines, upTo, ends } = started(2);
  for (let death = 1; death <= 5; death++) {
    await upTo(death + 1);
    ends(workers.all()[0], death);
    await vi.waitFor(() => expect(lines).toHaveLength(death), EVENTUALLY);
  }
  expect((await workers.failed).message).toBe(
    'The workers could not be kept running: the last one ended with status 5.',
  );
  expect(workers.all()).toHaveLength(1);
  for (const worker of workers.all()) ends(worker, 0);
  await workers.end(20_000);
  expect(told).toHaveLength(6);
  expect(lines.map(({ deaths }) => deaths)).toEqual([1, 2, 3, 4, 5]);
});
