import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';
import { type Database, openDatabase } from './database.ts';
import { translated } from './errors.ts';
import { beginningWith, requireSession } from './session.ts';
import { statement } from './statement.ts';

const session = statement({
  name: 'test.session',
  text: `
    select pg_backend_pid() as pid, current_setting('statement_timeout') as timeout,
      (select count(*) from pg_prepared_statements) as prepared`,
  parameters: [],
  row: { pid: 'int4', timeout: 'text', prepared: 'int8' },
  scope: 'server',
});

let server: TestServer;
let connection: { host: string; port: number; user: string; database: string };
beforeAll(async () => {
  server = await startServer();
  const [found] = await server.sql<{ database: string }>('select current_database() as database');
  connection = { ...inject('postgres'), user: 'headwater', database: found!.database };
});
afterAll(() => server.close());

async function withClient<T>(use: (client: pg.Client) => Promise<T>, config: pg.ClientConfig = connection) {
  const client = new pg.Client(config);
  await client.connect();
  return use(client).finally(() => client.end());
}

describe('a connection of our own', () => {
  it('brings its time limits and its time zone', async () => {
    await withClient((client) => requireSession(client, 'none'), beginningWith(connection));
  });

  it('keeps what the URL asks for beside them', async () => {
    const { host, port, database } = connection;
    const options = encodeURIComponent('-c work_mem=5MB -c statement_timeout=1');
    const connectionString = `postgres://headwater@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}&options=${options}`;
    const shown = await withClient(async (client) => {
      await requireSession(client, 'none');
      return (await client.query('show work_mem')).rows;
    }, beginningWith({ connectionString }));
    expect(shown).toEqual([{ work_mem: '5MB' }]);
  });

  it('that lost them on the way is refused with the setting to make', async () => {
    const looked = withClient((client) => requireSession(client, 'none'));
    await expect(looked).rejects.toThrow(/pooler\. It drops .* HEADWATER_DATABASE_POOLER=transaction/);
  });
});

describe('a connection of a pooler', () => {
  const lent = (options: string) =>
    withClient((client) => requireSession(client, 'transaction'), { ...connection, options });

  it('that has no time limits, or another time zone, is refused with what to run', async () => {
    await expect(lent('-c timezone=Europe/Berlin -c statement_timeout=3s')).rejects.toThrow(
      "Run: alter role headwater set timezone = 'UTC'; alter role headwater set idle_in_transaction_session_timeout = '20s'; Then",
    );
  });

  it('is content with other limits than ours', async () => {
    await lent('-c timezone=Etc/UTC -c statement_timeout=3s -c idle_in_transaction_session_timeout=1min');
  });
});

describe('a database behind a pooler', () => {
  let pooled: Database;
  beforeAll(() => {
    pooled = openDatabase(connection, pino({ level: 'silent' }), { pooler: 'transaction' });
  });
  afterAll(() => pooled.close());

  it('is asked without settings, and without names that would stay', async () => {
    const scanned = { ...session, scan: true };
    for (const way of [session, scanned]) {
      await pooled.read.run(way, []);
      expect(await pooled.read.run(way, [])).toMatchObject([{ timeout: '0', prepared: 0 }]);
    }
    await pooled.transaction(async (tx) => {
      await tx.run(session, []);
      expect(await tx.run(session, [])).toMatchObject([{ timeout: '0', prepared: 0 }]);
    });
  });

  it('answers what a transaction asks beside itself over its own connection, until it is over', async () => {
    const asked = async () => (await pooled.read.run(session, []))[0]!.pid;
    let later = () => {};
    let afterwards: Promise<number> | undefined;
    await pooled.transaction(async (tx) => {
      afterwards = new Promise<void>((resolve) => {
        later = resolve;
      }).then(asked);
      const [own] = await tx.run(session, []);
      const others = await Promise.all(Array.from({ length: 20 }, asked));
      expect(new Set(others)).toEqual(new Set([own!.pid]));
    });
    later();
    expect(await afterwards).toEqual(expect.any(Number));
  });
});

it.each(['26000', '42P05'])(
  'a prepared statement that is another connection’s (%s) tells of a pooler',
  (code) => {
    const error = translated(Object.assign(new Error(), { code }));
    expect((error as Error).message).toContain('HEADWATER_DATABASE_POOLER=transaction');
  },
);
