import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { askForToken, signIn } from './client.ts';
import { halfSent } from './half-sent.ts';
import { dataFolder, freePort, type RunningServer, runProgram, startServer } from './server.ts';

// Far above what it takes: these tests are of what happens, not of how fast.
const PATIENT = { timeout: 120_000 };

test('a second start on a folder that is held says who holds it and ends with 1', PATIENT, async () => {
  const port = await freePort();
  const server = await startServer({ env: { HEADWATER_PORT: String(port) } });
  const second = runProgram(['npm', 'start'], { HEADWATER_DATA_DIR: server.data.path });
  expect(await second.exited).toBe(1);
  expect(second.stderr()).toContain(server.data.path);
  expect(second.stderr()).toContain(`process ${await server.data.serverPid()} (http://127.0.0.1:${port})`);
  expect(second.stderr()).not.toMatch(/^ {4}at /m);
  expect((await askForToken(server.url)).status).toBe(200);
});

test(
  'a stopped server starts again and answers within a minute on any machine',
  PATIENT,
  async ({ annotate }) => {
    const first = await startServer({ by: 'launcher' });
    const { data } = first;
    first.signal('SIGTERM');
    expect(await first.exited).toBe(0);
    const began = performance.now();
    const second = await startServer({ data });
    expect((await askForToken(second.url)).status).toBe(200);
    const ms = performance.now() - began;
    await annotate(`npm start to the first answer: ${Math.round(ms)} ms`);
    expect(ms).toBeLessThan(60_000);
  },
);

test('every wrong setting is named at once, no secret is shown, nothing is started', PATIENT, async () => {
  const data = await dataFolder();
  const run = runProgram(['npm', 'start'], {
    HEADWATER_DATA_DIR: path.join(data.path, 'never-made'),
    HEADWATER_PORT: 'http',
    HEADWATER_ADMIN_EMAIL: 'nobody',
    HEADWATER_ADMIN_PASSWORD: 'too short',
    HEADWATER_COMPANYY: 'acme',
    DATABASE_URL: 'mysql://me:hidden@db/crm',
  });
  expect(await run.exited).toBe(1);
  for (const name of [
    'HEADWATER_PORT',
    'HEADWATER_ADMIN_EMAIL',
    'HEADWATER_ADMIN_PASSWORD',
    'HEADWATER_COMPANYY',
    'DATABASE_URL',
  ]) {
    expect(run.stderr()).toContain(`- ${name} is `);
  }
  expect(run.stdout() + run.stderr()).not.toMatch(/hidden|too short/);
  expect(existsSync(path.join(data.path, 'never-made'))).toBe(false);
});

const ENDINGS: [what: string, stop: (server: RunningServer) => void | Promise<void>][] = [
  ['SIGTERM to what was started', (server) => server.signal('SIGTERM')],
  ['SIGTERM to the server itself', async ({ data }) => void process.kill(await data.serverPid(), 'SIGTERM')],
  // A terminal sends it to the whole group: the server hears it twice, from there and from its launcher.
  ['Ctrl-C', ({ pid }) => void process.kill(-pid, 'SIGINT')],
];

test.each(ENDINGS)(
  '%s: a request that is under way is finished, then it ends with 0',
  PATIENT,
  async (_, stop) => {
    const server = await startServer({ by: 'launcher' });
    const request = await halfSent(server.url, (await signIn(server.url)).token);
    await stop(server);
    await vi.waitFor(() => expect(fetch(`${server.url}/healthz`)).rejects.toThrow(), { timeout: 10_000 });
    // Once more, by someone who does not see it end.
    await stop(server);
    const answer = await request.finish();
    expect(answer).toMatchObject({ status: 200, body: { fullName: 'Slow Sender' } });
    expect(await server.exited).toBe(0);
    expect(existsSync(path.join(server.data.path, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(existsSync(path.join(server.data.path, 'server.json'))).toBe(false);

    const again = await startServer({ data: server.data });
    const { status } = await (await signIn(again.url)).get(`/v1/contact/${answer.body.id}`);
    expect(status).toBe(200);
  },
);
