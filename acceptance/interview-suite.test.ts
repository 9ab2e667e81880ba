import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Answer, type Client, call, signIn } from './client.ts';
import { controlNames, open, submit } from './fixtures/form.ts';
import { PICTURE, PRINTED, PRINTED_COMMANDS } from './fixtures/printed-commands.ts';
import { freePort, PASSWORD, runProgram, startServer } from './server.ts';

const OWNER = 'owner@galaxy.example';
const CHOSEN = 'may the force be with you';

test('the printed commands work as they are, and whom they invited signs in and sees a colleague', {
  timeout: 60_000,
}, async () => {
  const server = await startServer({ env: { HEADWATER_PORT: String(await freePort()) } });
  // The commands are about a second company, and a customer whose number is 51.
  await headwater(
    ['company', 'create', '--identifier', 'galaxy', '--email', OWNER, '--password', PASSWORD],
    server.data.path,
  );
  const list = `${server.url}/api/v3/companies/2/customers/`;
  const owner = suiteClient(await tokenOf(server.url, OWNER, PASSWORD));
  const troopers = Array.from({ length: 49 }, (_, each) => ({
    pk_attribute: 'email',
    username: `trooper${each}`,
    email: `trooper${each}@empire.example`,
    account_type: 'hiring-manager',
  }));
  const imported = await owner('POST', `${list}batch-import/`, troopers);
  expect(imported).toMatchObject({ status: 200, body: { created: { count: 49 } } });

  const run = await printedAt(server.url, await tokenOf(server.url, OWNER, PASSWORD));
  const luke = await run(PRINTED_COMMANDS.createByForm);
  expect(luke).toMatchObject({
    status: 201,
    body: {
      resource_uri: `${list}51/`,
      email: 'luke.skywalker@darkside.moon',
      first_name: 'Luke',
      last_name: 'Skywalker',
      account_type: 'recruiter',
      preferred_language: 'de',
      status: 'invited',
    },
  });
  const changed = await run(PRINTED_COMMANDS.changeByForm);
  expect([changed.status, changed.body.resource_uri]).toEqual([202, `${list}51/`]);
  expect(changed.body.photo).not.toBe(luke.body.photo);
  const max = await run(PRINTED_COMMANDS.createByDataUri);
  expect(max).toMatchObject({
    status: 201,
    body: { resource_uri: `${list}52/`, email: 'max.ludwig@viasto.com', first_name: 'Luke' },
  });
  const again = await run(PRINTED_COMMANDS.changeByDataUri);
  expect([again.status, again.body.resource_uri]).toEqual([202, `${list}51/`]);
  const kinds: string[] = [];
  for (const { body } of [luke, changed, max, again]) kinds.push(await kindOf(body.photo));
  // A photo that was replaced is gone.
  expect(kinds).toEqual(['404', '404', '200 image/png', '200 image/png']);

  await acceptInvitation(await signIn(server.url, OWNER), 'luke.skywalker@darkside.moon');
  const recruiter = suiteClient(await tokenOf(server.url, 'luke.skywalker@darkside.moon', CHOSEN));
  const found = await recruiter('GET', `${list}?account_type=recruiter`);
  expect(found.body.meta.total_count).toBe(2);
  const [self, colleague] = found.body.objects;
  expect([self.status, colleague.status]).toEqual(['confirmed', 'invited']);
  expect(self).not.toHaveProperty('activation_key');
  expect(colleague.photo).not.toBe(max.body.photo);
  expect(await kindOf(colleague.photo)).toBe('200 image/png');
  expect((await recruiter('DELETE', colleague.resource_uri)).status).toBe(403);
  expect((await owner('DELETE', self.resource_uri)).status).toBe(204);
  expect((await recruiter('GET', list)).status).toBe(401);
  // The address was the recruiter's own, and ends with its session.
  expect([await kindOf(colleague.photo), await kindOf(max.body.photo)]).toEqual(['404', '200 image/png']);
});

/** Follows the link in the latest mail to someone, and chooses a password on the page behind it. */
async function acceptInvitation(admin: Client, email: string): Promise<void> {
  const { mails } = (await admin.get('/v1/mail')).body;
  const mail = mails.find(({ to }: { to: string }) => to === email);
  expect(mail.text).toContain('Guten Tag Luke,');
  const link = /http\S+\/invitation\/\S+/.exec(mail.text)![0];
  const german = { 'accept-language': 'de' };
  const form = await open(link, german);
  expect([form.status, form.text.includes('Passwort wählen')]).toEqual([200, true]);
  expect(form.text).toContain(email);
  const fields = Object.fromEntries(controlNames(form).map((name) => [name, CHOSEN]));
  expect((await submit(link, fields, german)).status).toBe(200);
  expect((await open(link)).status).toBe(404);
}

async function tokenOf(url: string, username: string, password: string): Promise<string> {
  const { status, body } = await call('POST', `${url}/api/v3/api-token-auth/`, {
    body: { username, password, company: 'galaxy' },
  });
  expect([status, body]).toEqual([200, { token: expect.stringMatching(/^[0-9a-f]{40}$/) }]);
  return body.token;
}

function suiteClient(token: string): (method: string, url: string, body?: unknown) => Promise<Answer> {
  return (method, url, body) => call(method, url, { headers: { authorization: `Token ${token}` }, body });
}

/** The status of an address, and what a browser is shown there; no header is sent along. */
async function kindOf(address: string): Promise<string> {
  const response = await fetch(address);
  await response.arrayBuffer();
  return response.ok ? `${response.status} ${response.headers.get('content-type')}` : String(response.status);
}

/** Runs a printed command, with another server, token and file. */
async function printedAt(
  url: string,
  token: string,
): Promise<(command: string) => Promise<{ status: number; body: Answer['body'] }>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'headwater-picture-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const picture = path.join(folder, 'me.jpg');
  await writeFile(picture, PICTURE);
  return async (command) => {
    const script = command
      .replaceAll(PRINTED.url, url)
      .replaceAll(PRINTED.token, token)
      .replaceAll(PRINTED.file, picture);
    const curl = `curl() { command curl --silent --show-error --write-out '\\n%{http_code}' "$@"; }`;
    const output = await succeeds(['bash', '-euo', 'pipefail', '-c', `${curl}\n${script}`]);
    const [, body, status] = /^(.*)\n(\d+)$/s.exec(output)!;
    return { status: Number(status), body: JSON.parse(body!) };
  };
}

const headwater = (words: string[], dataFolder: string) =>
  succeeds(['node', 'bin/headwater.mjs', ...words], { HEADWATER_DATA_DIR: dataFolder });

async function succeeds(program: string[], env: Record<string, string> = {}): Promise<string> {
  const run = runProgram(program, env);
  expect(await run.exited, `${run.stderr()}\n${run.stdout()}`).toBe(0);
  return run.stdout();
}
