import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { call, signIn } from './client.ts';
import { PICTURE } from './fixtures/printed-commands.ts';
import { dataFolder, freePort, runProgram, startServer } from './server.ts';

test('what a running server holds is backed up, and served again from an empty folder', {
  timeout: 240_000,
}, async () => {
  const port = String(await freePort());
  const server = await startServer({ by: 'launcher', env: { HEADWATER_PORT: port } });
  const before = await signIn(server.url);
  const contact = await before.post('/v1/contact', {
    fullName: 'Grace Brewster Hopper',
    emails: ['grace@navy.example'],
    skills: ['COBOL\tand\\more', '🚢'],
  });
  const customer = await before.post('/api/v3/companies/1/customers/', {
    email: 'luke@galaxy.example',
    account_type: 'recruiter',
    photo: `data:image/jpeg;base64,${PICTURE.toString('base64')}`,
  });
  expect([contact.status, customer.status]).toEqual([200, 201]);
  const photo = await bytesAt(customer.body.photo);
  expect(photo.length).toBeGreaterThan(50);

  const folder = await mkdtemp(path.join(tmpdir(), 'headwater-acceptance-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const archive = path.join(folder, 'backup.tar.gz');
  const backup = await headwater(['backup', archive, '--json'], server.data.path);
  expect(backup).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(backup.out)).toMatchObject({ file: archive, files: 1, notes: [] });
  const refused = await headwater(['restore', archive], server.data.path);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toMatch(/^The data folder .* is in use by process \d+ .* Stop that server first/);
  server.signal('SIGTERM');
  expect(await server.exited).toBe(0);

  const data = await dataFolder();
  const restored = await headwater(['restore', archive, '--json'], data.path);
  expect(restored).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(restored.out)).toMatchObject({ restored: true, companies: 1, contacts: 1, files: 1 });
  // Under the address that it had, so that the one of the photo leads there.
  const again = await startServer({ by: 'launcher', data, env: { HEADWATER_PORT: port } });
  const headers = { authorization: `Bearer ${before.token}` };
  const found = await call('GET', `${again.url}/v1/contact/${contact.body.id}`, { headers });
  expect([found.status, found.body]).toEqual([200, contact.body]);
  expect(await bytesAt(customer.body.photo)).toEqual(photo);
  const next = await (await signIn(again.url)).post('/v1/contact', { emails: ['GRACE@navy.example'] });
  expect([next.status, next.body.id]).toEqual([200, contact.body.id]);
});

async function bytesAt(url: string): Promise<Buffer> {
  const response = await fetch(url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  return Buffer.from(await response.arrayBuffer());
}

async function headwater(words: string[], dataDir: string) {
  const run = runProgram(['node', 'bin/headwater.mjs', ...words], { HEADWATER_DATA_DIR: dataDir });
  return { code: await run.exited, out: run.stdout(), err: run.stderr() };
}
