import { expect, test, vi } from 'vitest';
import { type Client, inParallel, signIn } from './client.ts';
import type { DataFolder } from './data-folder.ts';
import { isRunning } from './data-folder.ts';
import { type RunningServer, startServer } from './server.ts';

const WRITERS = 8;
/** Acknowledged in a round before the kill. */
const ENOUGH = 200;

const ROUNDS: [who: string, victims: (data: DataFolder) => Promise<number[]>][] = [
  ['the server', async (data) => [await data.serverPid()]],
  ['the postmaster', async (data) => [await data.postmasterPid()]],
  ['both', async (data) => [await data.serverPid(), await data.postmasterPid()]],
  ['npm with all that it started, and the postmaster', async (data) => [await data.postmasterPid()]],
];

test('after kill -9 under writes, the next start has every contact that was acknowledged', {
  timeout: 300_000,
}, async () => {
  const acknowledged: string[] = [];
  let server = await startServer();
  const { data } = server;
  for (const [round, [who, victims]] of ROUNDS.entries()) {
    const writing = write(await signIn(server.url), round, acknowledged);
    const before = acknowledged.length;
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + ENOUGH), {
      timeout: 60_000,
      interval: 1,
    });
    const pids = [...(await victims(data)), ...(who.startsWith('npm') ? [-server.pid] : [])];
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    if (who === 'the postmaster') await endWithItsServer(server);
    await server.exited;
    const unexpected = await writing;
    expect(unexpected, `answers while ${who} was killed`).toEqual([]);

    server = await startServer({ data });
    const lost = await missing(await signIn(server.url), acknowledged);
    expect(lost, `lost when ${who} was killed`).toEqual([]);
  }
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
});

/** Creates contacts until the server is gone. Answers what it was told besides 200 and 503. */
async function write(client: Client, round: number, acknowledged: string[]): Promise<string[]> {
  const unexpected: string[] = [];
  let count = 0;
  const writer = async () => {
    for (;;) {
      const answer = await client
        .post('/v1/contact', { fullName: 'Written', emails: [`round-${round}-${count++}@kill.example`] })
        .catch(() => undefined);
      if (answer === undefined) return;
      if (answer.status === 200) acknowledged.push(answer.body.id);
      else if (answer.status !== 503) unexpected.push(`${answer.status} ${JSON.stringify(answer.body)}`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return unexpected;
}

/** Its server brings a killed postmaster back: waits for that, then kills them both. */
async function endWithItsServer({ data, url }: RunningServer): Promise<void> {
  // Its connections may outlive a killed postmaster for a moment, and answer.
  const postmaster = await vi.waitFor(
    async () => {
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      const pid = await data.postmasterPid();
      expect(isRunning(pid)).toBe(true);
      return pid;
    },
    { timeout: 60_000 },
  );
  const server = await data.serverPid();
  process.kill(server, 'SIGKILL');
  process.kill(postmaster, 'SIGKILL');
  await vi.waitFor(() => expect([server, postmaster].filter(isRunning)).toEqual([]));
}

async function missing(client: Client, ids: string[]): Promise<string[]> {
  const lost: string[] = [];
  await inParallel(ids.length, 16, async (index) => {
    const { status, body } = await client.get(`/v1/contact/${ids[index]}`);
    if (status !== 200 || body.id !== ids[index]) lost.push(`${ids[index]}: ${status}`);
  });
  return lost;
}
