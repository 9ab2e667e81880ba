import { existsSync, readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { signIn } from './client.ts';
import { isRunning } from './data-folder.ts';
import { halfSent } from './half-sent.ts';
import { PASSWORD, startServer } from './server.ts';

// Far above what it takes: a worker starts within a second or two where nothing else runs.
const EVENTUALLY = { timeout: 60_000, interval: 50 };

test('two workers are one server: one greeting, one set of tokens, none missed when it dies', {
  timeout: 240_000,
}, async () => {
  const server = await startServer({
    by: 'launcher',
    env: { HEADWATER_WORKERS: '2', HEADWATER_LOG_LEVEL: 'debug' },
  });
  const { url, data } = server;
  const first = await data.serverPid();
  const workers = workersOf(first);
  expect(workers).toHaveLength(2);
  expect(server.stdout().match(/is serving/g)).toHaveLength(1);

  const admin = await signIn(url);
  const made = await admin.post('/v1/user', { email: 'two@workers.example', password: PASSWORD });
  const user = await signIn(url, 'two@workers.example');
  const many = () => Promise.all(Array.from({ length: 8 }, () => onNewConnection(url, user.token)));
  expect(await many()).toEqual(Array(8).fill(200));
  expect(whoAnswered(server.stdout())).toEqual(new Set(workers));
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/^http_request_duration_seconds_count{.*route="\/v1\/users",status="200"} 8$/m);

  await admin.delete(`/v1/user/${made.body.id}`);
  await vi.waitFor(async () => expect(await many()).toEqual(Array(8).fill(401)), 1_000);

  process.kill(workers[0]!, 'SIGKILL');
  await vi.waitFor(() => {
    const [one, two] = workersOf(first);
    expect([one, two]).toEqual([workers[1], expect.any(Number)]);
    expect(whoAnswered(server.stdout())).not.toContain(two);
  }, EVENTUALLY);
  const [, newcomer] = workersOf(first);
  await vi.waitFor(async () => {
    expect(await onNewConnection(url, admin.token)).toBe(200);
    expect(whoAnswered(server.stdout())).toContain(newcomer);
  }, EVENTUALLY);

  const request = await halfSent(url, admin.token);
  server.signal('SIGTERM');
  // Who connects at this very moment may be left without an answer until the server has ended.
  const refused = () => fetch(`${url}/healthz`, { signal: AbortSignal.timeout(500) });
  await vi.waitFor(() => expect(refused()).rejects.toThrow(), EVENTUALLY);
  expect(await request.finish()).toMatchObject({ status: 200, body: { fullName: 'Slow Sender' } });
  expect(await server.exited).toBe(0);
  expect([first, ...workers, newcomer!].filter(isRunning)).toEqual([]);
  expect(existsSync(path.join(data.path, 'postgres', 'postmaster.pid'))).toBe(false);
});

/** The status of a request that comes over a connection of its own: each goes to the next worker. */
function onNewConnection(url: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: token };
    const request = http.get(`${url}/v1/users?limit=0`, { agent: false, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode!));
    });
    request.on('error', reject);
  });
}

/** The processes that a log of requests names. */
function whoAnswered(log: string): Set<number> {
  return new Set([...log.matchAll(/"process":(\d+),.*"answered"/g)].map(([, pid]) => Number(pid)));
}

/** The worker processes that a server's first process started, the oldest first. */
function workersOf(first: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [, parent] = /^\d+ \(.*\) [^ZX] (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        return Number(parent) === first && /worker\.ts/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      } catch {
        return false;
      }
    })
    .sort((a, b) => a - b);
}
