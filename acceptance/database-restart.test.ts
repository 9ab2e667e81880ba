import { expect, test, vi } from 'vitest';
import { type Answer, askForToken, signIn } from './client.ts';
import { isRunning } from './data-folder.ts';
import { startServer } from './server.ts';

const CALLERS = 6;
/** No request may take longer, whatever happens to the database. */
const PATIENCE = 15_000;

test('while PostgreSQL is restarted under it, the server answers 503 and recovers by itself', {
  timeout: 180_000,
}, async () => {
  const server = await startServer();
  const { data } = server;
  const client = await signIn(server.url);
  const { body: contact } = await client.post('/v1/contact', { fullName: 'Someone Who Stays' });
  const pid = await data.serverPid();

  const answers: (Answer & { ms: number })[] = [];
  let count = 0;
  const requests = [
    () => client.get(`/v1/contact/${contact.id}`),
    () => client.get('/v1/contacts?limit=1'),
    () => client.get('/v1/users'),
    () => client.post('/v1/contact', { fullName: 'New', emails: [`new-${count++}@restart.example`] }),
    () => askForToken(server.url),
  ];
  let done = false;
  const caller = async () => {
    for (let turn = 0; !done; turn++) {
      const started = performance.now();
      const answer = await requests[turn % requests.length]!();
      answers.push({ ...answer, ms: performance.now() - started });
    }
  };
  const calling = Promise.all(Array.from({ length: CALLERS }, caller));

  // Killing a backend makes the postmaster end all others and recover; a killed postmaster is started anew.
  for (const victim of [data.postmasterPid, data.backendPid, data.postmasterPid]) {
    const before = answers.length;
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(before + 50), { timeout: 60_000 });
    const quiet = answers.length;
    process.kill(await victim(), 'SIGKILL');
    await vi.waitFor(
      async () => {
        expect(answers.slice(quiet).some(({ status }) => status === 503)).toBe(true);
        expect(answers.at(-1)!.status).toBe(200);
        expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
      },
      { timeout: 60_000 },
    );
  }
  done = true;
  await calling;

  const away = answers.filter(({ status }) => status !== 200);
  expect(away.length).toBeGreaterThan(0);
  for (const { status, headers, body } of away) {
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 503, '1']);
    expect(body).toEqual({
      code: 503,
      message: expect.stringMatching(/away/),
      request_id: expect.any(String),
    });
    expect(headers.get('x-request-id')).toBe(body.request_id);
  }
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(PATIENCE);

  for (const request of requests) expect((await request()).status).toBe(200);
  expect(isRunning(pid)).toBe(true);
  expect(await data.serverPid()).toBe(pid);
});
