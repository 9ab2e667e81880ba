import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startCluster } from './cluster.ts';
import { spawnServer, upAt } from './fixtures/child-server.ts';
import { dataFolders, postmasterPid, silent } from './fixtures/data-folders.ts';
import { type Supervised, supervise } from './supervise.ts';

const folders = dataFolders();
let dataDir: string;
beforeAll(async () => {
  dataDir = await folders.initialised();
});
afterAll(() => folders.remove());

const eventually = { timeout: 10_000, interval: 5 };

async function answers(config: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
}

/** Kills the postmaster and waits until another one answers at the same socket. */
async function killAndWait(config: pg.ClientConfig): Promise<void> {
  const pid = postmasterPid(dataDir);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(async () => {
    expect(postmasterPid(dataDir)).not.toBe(pid);
    await answers(config);
  }, eventually);
}

test('a PostgreSQL that is killed comes back at the same socket, with what was committed', async () => {
  const cluster = await startCluster({ dataDir, log: silent });
  const client = new pg.Client(cluster.connection);
  client.on('error', () => undefined);
  await client.connect();
  await client.query('CREATE TABLE written AS SELECT 1 AS id');
  await killAndWait(cluster.connection);
  const again = new pg.Client(cluster.connection);
  await again.connect();
  expect((await again.query('SELECT id FROM written')).rows).toEqual([{ id: 1 }]);
  await again.end();
  await cluster.stop();
});

test('one that is killed at every turn is given up, and the folder is free once stopped', async () => {
  const server = spawnServer(dataDir);
  const connection = await upAt(server);
  for (let time = 1; time < 5; time += 1) await killAndWait(connection);
  process.kill(postmasterPid(dataDir), 'SIGKILL');
  expect(await server.next()).toEqual({
    event: 'failed',
    message: expect.stringContaining('PostgreSQL could not be kept running: '),
  });
  await server.stop();
  const cluster = await startCluster({ dataDir, log: silent });
  await answers(cluster.connection);
  await cluster.stop();
});

test('a stop while it is being started again ends with none running', async () => {
  const cluster = await startCluster({ dataDir, log: silent });
  const pid = postmasterPid(dataDir);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(postmasterPid(dataDir)).not.toBe(pid), eventually);
  await cluster.stop();
  expect(() => postmasterPid(dataDir)).toThrow(/ENOENT/);
});

test('failures long ago do not count', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    let starts = 0;
    const ending = (): Supervised => ({ exited: Promise.resolve('ended'), stop: async () => undefined });
    const lasting: Supervised = { exited: new Promise(() => undefined), stop: async () => undefined };
    const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
    const supervision = supervise(
      ending(),
      async () => {
        starts += 1;
        vi.advanceTimersByTime(61_000);
        if (starts < 7) return ending();
        settle();
        return { ...lasting, exited: stopped };
      },
      silent,
    );
    let end = (_: string) => {};
    const stopped = new Promise<string>((resolve) => {
      end = resolve;
    });
    await settled;
    end('stopped');
    await supervision.stop();
    expect(starts).toBe(7);
  } finally {
    vi.useRealTimers();
  }
});
