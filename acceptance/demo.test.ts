import { expect, test } from 'vitest';
import { type Client, signIn } from './client.ts';
import { dataFolder, freePort, runProgram, startServer } from './server.ts';

const PATIENT = { timeout: 180_000 };

async function demo(env: Record<string, string>, ...words: string[]) {
  const run = runProgram(['npm', 'run', '--silent', 'demo', '--', '--json', ...words], env);
  const code = await run.exited;
  if (code !== 0) throw new Error(`the demo ended with ${code}:\n${run.stderr()}`);
  return { summary: JSON.parse(run.stdout()), told: run.stderr() };
}

async function contacts(client: Client) {
  const { body } = await client.get('/v1/contacts?limit=200');
  return body;
}

test(
  'without a server: the demo runs one for the time, and a second run changes nobody into two',
  PATIENT,
  async () => {
    const data = await dataFolder();
    const env = { HEADWATER_DATA_DIR: data.path, HEADWATER_PORT: String(await freePort()) };
    const first = await demo(env, '--contacts', '40');
    expect(first.summary).toMatchObject({ created: 40, updated: 0 });
    expect(first.told).toContain('No server of this installation answers');
    expect(first.told).toContain('40 of 40');
    const second = await demo(env, '--contacts', '50');
    expect(second.summary).toMatchObject({ created: 10, updated: 40 });

    const server = await startServer({ data });
    const { contacts: all, total_count } = await contacts(await signIn(server.url));
    expect(total_count).toBe(50);
    const some = (has: (contact: Record<string, unknown[]>) => unknown) => all.filter(has).length;
    for (const list of [
      'emails',
      'phoneNumbers',
      'links',
      'experience',
      'education',
      'skills',
      'languages',
    ]) {
      expect(
        some((contact) => contact[list]!.length),
        list,
      ).toBeGreaterThan(25);
    }
    expect(some((contact) => contact.customFields!.length)).toBeGreaterThan(25);
    expect(some((contact) => contact.globalTags!.length)).toBeGreaterThan(10);
    expect(some((contact) => Object.keys(contact.integrations!).length)).toBeGreaterThan(5);
    expect(new Set(all.map(({ status }: { status: { value: string } }) => status.value)).size).toBe(4);
    const created = all.map(({ createdTime }: { createdTime: string }) => Date.parse(createdTime));
    expect(Math.max(...created) - Math.min(...created)).toBeGreaterThan(200 * 24 * 60 * 60 * 1000);
    expect(all[0].education[0].program).toEqual(expect.any(String));
  },
);

test('beside a server: through that one, within its rate limit', PATIENT, async () => {
  const port = String(await freePort());
  const server = await startServer({ env: { HEADWATER_PORT: port, HEADWATER_RATE_COMPANY: '25' } });
  const env = { HEADWATER_DATA_DIR: server.data.path, HEADWATER_PORT: port };
  const { summary, told } = await demo(env, '--contacts', '60');
  expect(summary).toMatchObject({ created: 60, updated: 0 });
  expect(told).toContain(`through the server at http://127.0.0.1:${port}`);
  expect((await contacts(await signIn(server.url))).total_count).toBe(60);
});

test('a stranger at that address gets nothing: the demo runs its own server', PATIENT, async () => {
  const stranger = await startServer({ env: { HEADWATER_PORT: String(await freePort()) } });
  const data = await dataFolder();
  const { told } = await demo(
    { HEADWATER_DATA_DIR: data.path, HEADWATER_PUBLIC_URL: stranger.url },
    '--contacts',
    '5',
  );
  expect(told).toContain('No server of this installation answers');
  expect((await contacts(await signIn(stranger.url))).total_count).toBe(0);
});

test('a token that the operator makes acts as the user it was made for', PATIENT, async () => {
  const server = await startServer();
  const create = (...words: string[]) =>
    runProgram(['node', 'bin/headwater.mjs', 'token', 'create', '--json', ...words], {
      HEADWATER_DATA_DIR: server.data.path,
    });
  const made = create('--email', 'admin@acceptance.example', '--minutes', '5');
  expect(await made.exited, made.stderr()).toBe(0);
  const { userId, token } = JSON.parse(made.stdout());
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${server.url}/v1/user/${userId}`, { headers })).status).toBe(200);
  const { iat, exp } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
  expect(exp - iat).toBe(300);

  const unknown = create('--email', 'nobody@acceptance.example');
  expect(await unknown.exited).toBe(1);
  expect(JSON.parse(unknown.stderr())).toEqual({
    error: expect.stringContaining('nobody@acceptance.example'),
  });
});
