import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type Client, call, inParallel, signIn } from '../../acceptance/client.ts';
import { makeDataFolder } from '../../acceptance/data-folder.ts';
import { choices, open, submit } from '../../acceptance/fixtures/form.ts';
import { EMAIL, PASSWORD, startServer } from '../../acceptance/server.ts';
import { readConfig } from '../src/config.ts';
import { openInstallation } from '../src/installation.ts';
import { findPgbouncer, type Pooler, startPooler } from './pooler.ts';

const program = findPgbouncer();
if (!program) {
  process.stderr.write('No pgbouncer is installed (apt-get install pgbouncer): its tests are skipped.\n');
}

const SERVER_CONNECTIONS = 4;
const PATIENT = { timeout: 60_000 };

// One after the other: a database that is prepared step by step, as its operator does.
describe.skipIf(!program)(
  'through PgBouncer in transaction mode, as docs/operations.md configures it',
  () => {
    const name = `pooled_${randomUUID().replaceAll('-', '')}`;
    let pooler: Pooler;
    let direct: pg.Client;
    beforeAll(async () => {
      const { host, port } = inject('postgres');
      direct = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
      await direct.connect();
      await direct.query(`create database ${name} owner headwater`);
      pooler = await startPooler({ program: program!, host, port, database: name, size: SERVER_CONNECTIONS });
    });
    afterAll(async () => {
      await pooler?.stop();
      await direct?.query(`drop database if exists ${name} with (force)`);
      await direct?.end();
    });

    /** What a start in these settings comes to: 'ready', or the sentence that it ends with. */
    async function start(env: Record<string, string>): Promise<string> {
      const folder = await makeDataFolder();
      const config = readConfig({ DATABASE_URL: pooler.url, HEADWATER_DATA_DIR: folder.path, ...env });
      const installation = openInstallation(config, pino({ level: 'silent' }));
      return installation
        .then(
          async ({ close }) => {
            await close();
            return 'ready';
          },
          (error: Error) => error.message,
        )
        .finally(() => folder.remove());
    }

    it('a start that does not know of the pooler says what to set', async () => {
      const sentence = await start({});
      expect(sentence).toContain('DATABASE_URL leads through a connection pooler');
      expect(sentence).toContain('HEADWATER_DATABASE_POOLER=transaction');
    });

    it('says so too where the pooler drops what connections begin with', async () => {
      await pooler.restart('ignore_startup_parameters = options');
      const sentence = await start({}).finally(() => pooler.restart());
      expect(sentence).toContain('It drops what our connections begin with');
      expect(sentence).toContain('HEADWATER_DATABASE_POOLER=transaction');
    });

    it('a start under a role without time limits says what to run; then it starts', async () => {
      await direct.query(`alter role headwater in database ${name} set timezone = 'Europe/Berlin'`);
      await pooler.reconnect();
      const pooled = { HEADWATER_DATABASE_POOLER: 'transaction' };
      const sentence = await start(pooled);
      const cures = sentence.match(/alter role headwater set [^;]+;/g);
      expect(cures).toHaveLength(3);
      // The role is everyone's who runs tests; the database is ours alone.
      for (const cure of cures!) {
        await direct.query(cure.replace('headwater', `headwater in database ${name}`));
      }
      await pooler.reconnect();
      expect(await start(pooled)).toBe('ready');
    });

    it('serves everything, and leaves nothing behind on a connection', PATIENT, async () => {
      const server = await startServer({
        by: 'launcher',
        env: {
          DATABASE_URL: pooler.url,
          HEADWATER_DATABASE_POOLER: 'transaction',
          HEADWATER_RATE_REGISTRATION: '0',
        },
      });
      const admin = await signIn(server.url);
      await Promise.all([
        writesAtOnce(admin),
        registrations(admin, server.url),
        batchImport(server.url),
        renamedTag(admin),
      ]);
      const left = await pooler.onEachConnection(
        SERVER_CONNECTIONS,
        `select (select count(*) from pg_prepared_statements)::int as prepared,
        (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())::int as locks,
        (select count(*) from pg_class where relpersistence = 't')::int as temporary,
        array(select lower(name) from pg_settings where source = 'session'
          and lower(name) not in ('application_name', 'client_encoding', 'datestyle', 'timezone', 'standard_conforming_strings')) as set`,
      );
      expect(left).toEqual(
        Array.from({ length: SERVER_CONNECTIONS }, () => ({ prepared: 0, locks: 0, temporary: 0, set: [] })),
      );
      expect(await pooler.connections()).toBeLessThanOrEqual(SERVER_CONNECTIONS);
      server.signal('SIGTERM');
      expect(await server.exited).toBe(0);
      expect(server.stderr()).toBe('');
    });
  },
);

/** More at a time than there are connections, of each kind: transactions, short reads, lists. */
async function writesAtOnce(admin: Client): Promise<void> {
  const count = 24;
  const names = Array.from({ length: count }, (_, each) => `Pooled ${String(each).padStart(2, '0')}`);
  await inParallel(count, 12, async (each) => {
    const emails = [`pooled-${each}@example.org`];
    const made = await admin.post('/v1/contact', { fullName: `Draft ${each}`, emails });
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    const at = `/v1/contact/${made.body.id}`;
    const changes = [{ fullName: names[each] }, { location: { city: 'Munich' } }];
    for (const { status } of await Promise.all(changes.map((change) => admin.patch(at, change)))) {
      expect(status).toBe(200);
    }
    const [read, found] = await Promise.all([
      admin.get(at),
      admin.get(`/v1/contacts?email=${encodeURIComponent(emails[0]!)}`),
    ]);
    expect(read.body).toMatchObject({ fullName: names[each], emails, location: { city: 'Munich' } });
    expect(found.body.contacts).toEqual([read.body]);
  });
  const { contacts } = (await admin.get('/v1/contacts?limit=200')).body;
  const pooled = contacts
    .map(({ fullName }: { fullName: string }) => fullName)
    .filter((one: string) => names.includes(one));
  expect(pooled.toSorted()).toEqual(names);
}

async function registrations(admin: Client, url: string): Promise<void> {
  const { body: event } = await admin.post('/v1/attractEvents', {
    name: 'Campus day',
    type: 'campus',
    timezone: { id: 'Europe/Berlin' },
    start: { date: '2030-05-14', time: '10:00' },
  });
  const page = new URL(new URL(event.relations.flowReg.publicUrl).pathname, url).href;
  const form = await open(page);
  const consent = choices(form, 'consent')[0] ?? 'on';
  // Each counts its mails beside its transaction, which must not wait for a connection that another such one holds.
  await inParallel(8, 8, async (each) => {
    const email = `visitor-${each}@example.org`;
    const fields = { name: `Visitor ${each}`, email, consent };
    let answer = await submit(page, fields);
    // As a busy machine's server may say.
    while (answer.status === 429) answer = await submit(page, fields);
    expect(answer.text).toContain(email);
  });
  const { body } = await admin.get(`/v1/attractEvents/${event.id}`);
  expect(body.metrics).toMatchObject({ funnel: { registered: 8 } });
}

async function batchImport(url: string): Promise<void> {
  const company = 'demo';
  const token = await call('POST', `${url}/api/v3/api-token-auth/`, {
    body: { username: EMAIL, password: PASSWORD, company },
  });
  const headers = { authorization: `Token ${token.body.token}` };
  const rows = Array.from({ length: 200 }, (_, each) => ({
    pk_attribute: 'email',
    username: `recruiter${each}`,
    email: `recruiter${each}@example.org`,
    account_type: 'recruiter',
  }));
  const list = `${url}/api/v3/companies/1/customers/`;
  const imported = await call('POST', `${list}batch-import/`, { headers, body: rows });
  expect(imported).toMatchObject({ status: 200, body: { created: { count: 200 } } });
  const found = await call('GET', `${list}?account_type=recruiter`, { headers });
  expect(found.body.meta.total_count).toBe(200);
}

/** The work behind the requests spells a renamed tag anew in its contacts. */
async function renamedTag(admin: Client): Promise<void> {
  const { id } = (await admin.post('/v1/globaltags', { value: 'Alumni' })).body;
  const made = await admin.post('/v1/contact', { fullName: 'Tagged', globalTags: [{ id }] });
  expect((await admin.patch(`/v1/globaltags/${id}`, { value: 'Alumna' })).status).toBe(200);
  await vi.waitFor(
    async () => {
      const { body } = await admin.get(`/v1/contact/${made.body.id}`);
      expect(body.globalTags).toMatchObject([{ id, value: 'Alumna' }]);
    },
    { timeout: 10_000 },
  );
}
