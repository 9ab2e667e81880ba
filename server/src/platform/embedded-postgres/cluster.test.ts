import { chownSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { type ClusterConnection, runningCluster, startCluster } from './cluster.ts';
import { spawnServer, upAt } from './fixtures/child-server.ts';
import { dataFolders, postmasterPid, silent } from './fixtures/data-folders.ts';
import { isReachableByAll } from './reachable.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

const folders = dataFolders();
afterAll(() => folders.remove());

const isRoot = process.getuid?.() === 0;
/** Whether an ordinary user could run this checkout. */
const isOpen = await isReachableByAll(import.meta.dirname);

async function query<Row extends pg.QueryResultRow>(
  connection: pg.ClientConfig,
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function withCluster(dataDir: string, work: (connection: ClusterConnection) => Promise<void>) {
  const cluster = await startCluster({ dataDir, log: silent });
  try {
    await work(cluster.connection);
  } finally {
    await cluster.stop();
  }
}

describe('a first start', () => {
  test('makes a database that its role owns, without being superuser', async () => {
    const dataDir = join(folders.empty(), 'made', 'on the way');
    await withCluster(dataDir, async (connection) => {
      const [row] = await query(
        connection,
        `SELECT current_user AS role, pg_get_userbyid(datdba) AS owner, current_setting('is_superuser') AS super,
                pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider, datlocale AS locale
           FROM pg_database WHERE datname = current_database()`,
      );
      expect(row).toEqual({
        role: 'headwater',
        owner: 'headwater',
        super: 'off',
        encoding: 'UTF8',
        provider: 'b',
        locale: 'C.UTF-8',
      });
    });
  });
});

describe('a cluster', () => {
  test('lets the role make the extensions it needs, which know letters beyond ASCII', async () => {
    await withCluster(await folders.initialised(), async (connection) => {
      await query(connection, 'CREATE EXTENSION unaccent; CREATE EXTENSION pg_trgm');
      const rows = await query(
        connection,
        `SELECT unaccent('Zoë Ångström') AS plain, lower('ÄÖ') AS lower, similarity('žluť', 'žluť') AS same,
                similarity('žluť', 'ďáb') AS other`,
      );
      expect(rows).toEqual([{ plain: 'Zoe Angstrom', lower: 'äö', same: 1, other: 0 }]);
    });
  });

  test('keeps what is committed, in UTC, and asks for no TCP port', async () => {
    await withCluster(await folders.initialised(), async (connection) => {
      const [row] = await query(
        connection,
        `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
                current_setting('full_page_writes') AS pages, current_setting('wal_compression') AS compression,
                current_setting('listen_addresses') AS addresses, current_setting('TimeZone') AS zone,
                current_setting('lc_messages') AS messages, current_setting('jit') AS jit`,
      );
      expect(row).toEqual({
        fsync: 'on',
        commit: 'on',
        pages: 'on',
        compression: 'pglz',
        addresses: '',
        zone: 'UTC',
        messages: 'C',
        jit: 'off',
      });
    });
  });

  test('is reached by its two roles only, over a private socket', async () => {
    await withCluster(await folders.initialised(), async (connection) => {
      expect(statSync(connection.host).mode & 0o777).toBe(0o700);
      const superuser = { ...connection, user: 'postgres', database: 'postgres' };
      await query(superuser, 'CREATE ROLE stranger LOGIN SUPERUSER');
      await expect(query({ ...superuser, user: 'stranger' }, 'SELECT 1')).rejects.toThrow(/pg_hba\.conf/);
    });
  });

  test.runIf(isRoot)('lets no other user of the machine in, who has got hold of the socket', async () => {
    const dataDir = await folders.initialised();
    await withCluster(dataDir, async (connection) => {
      const owner = statSync(join(dataDir, 'postgres'));
      process.seteuid?.(owner.uid);
      try {
        await expect(query(connection, 'SELECT 1')).rejects.toThrow(/Peer authentication failed/);
      } finally {
        process.seteuid?.(0);
      }
    });
  });

  test('logs no statement, parameter or value', async () => {
    const server = spawnServer(await folders.initialised());
    const connection = await upAt(server);
    const client = new pg.Client(connection);
    await client.connect();
    await client.query('CREATE TABLE people (email text PRIMARY KEY, born date)');
    await client.query('INSERT INTO people (email) VALUES ($1)', ['secret@example.org']);
    const twice = client.query('INSERT INTO people (email) VALUES ($1)', ['secret@example.org']);
    await expect(twice).rejects.toMatchObject({ code: '23505' });
    await expect(client.query("SELECT 'secret'::date")).rejects.toMatchObject({ code: '22007' });
    await client.end();
    await server.stop();
    expect(server.log()).toContain('database system is shut down');
    expect(server.log()).not.toContain('secret');
  });

  test('starts a second time in well under a second', async () => {
    const dataDir = await folders.initialised();
    const before = performance.now();
    const cluster = await startCluster({ dataDir, log: silent });
    const took = performance.now() - before;
    await cluster.stop();
    expect(took).toBeLessThan(1000);
  });

  test('leaves nothing behind when stopped, and may be stopped twice', async () => {
    const dataDir = await folders.initialised();
    const cluster = await startCluster({ dataDir, log: silent });
    const pid = postmasterPid(dataDir);
    await Promise.all([cluster.stop(), cluster.stop()]);
    expect(existsSync(cluster.connection.host)).toBe(false);
    expect(existsSync(join(dataDir, 'server.json'))).toBe(false);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });

  test('takes settings from local.conf, and names the mistake in them', async () => {
    const dataDir = await folders.initialised();
    const local = join(dataDir, 'postgres', 'local.conf');
    const { uid, gid } = statSync(join(dataDir, 'postgres'));
    await writeFileAtomically(local, 'work_mem = 9MB\n', { uid, gid });
    await withCluster(dataDir, async (connection) => {
      expect(await query(connection, 'SHOW work_mem')).toEqual([{ work_mem: '9MB' }]);
    });
    await writeFileAtomically(local, 'work_memory = 9MB\n', { uid, gid });
    await expect(startCluster({ dataDir, log: silent })).rejects.toThrow(
      /PostgreSQL did not start.*unrecognized configuration parameter "work_memory" in file ".*local\.conf"/,
    );
  });
});

describe('where the data folder lies', () => {
  test('a path far longer than a socket may have', async () => {
    const dataDir = join(folders.empty(), 'd'.repeat(150), 'e'.repeat(150));
    await withCluster(dataDir, async (connection) => {
      expect(connection.host.length).toBeLessThan(80);
      expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  test('a path too long for the lock is refused in words', async () => {
    const dataDir = join(folders.empty(), 'd'.repeat(200), 'e'.repeat(200), 'f'.repeat(200));
    await expect(startCluster({ dataDir, log: silent })).rejects.toThrow(
      /too long\. Put it under a shorter one/,
    );
  });

  test('a folder that cannot be made is refused in words', async () => {
    const file = join(folders.empty(), 'file');
    writeFileSync(file, '');
    const started = startCluster({ dataDir: join(file, 'data'), log: silent });
    await expect(started).rejects.toThrow(/cannot be made .*Choose one below a folder/);
  });

  test.runIf(isRoot)('below a home that only root may enter, PostgreSQL being another user', async () => {
    const home = folders.empty();
    const dataDir = join(home, 'data');
    await withCluster(dataDir, async (connection) => {
      expect(statSync(home).mode & 0o777).toBe(0o700);
      expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0);
      expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(statSync(join(dataDir, 'postgres')).uid);
      expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  test.runIf(isRoot && isOpen)(
    'a folder of an ordinary user, as whom the server runs; then root takes over',
    async () => {
      const nobody = { uid: 65534, gid: 65534 };
      const dataDir = folders.empty();
      chownSync(dataDir, nobody.uid, nobody.gid);
      const server = spawnServer(dataDir, { ...nobody, env: { HOME: dataDir, PATH: '/usr/bin:/bin' } });
      const connection = await upAt(server);
      expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(nobody.uid);
      expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await server.stop();
      await withCluster(dataDir, async () => {
        expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(nobody.uid);
      });
    },
  );
});

describe('a command beside the server', () => {
  test('finds the cluster that a live server holds', async () => {
    const dataDir = await folders.initialised();
    expect(await runningCluster(dataDir)).toBeUndefined();
    const server = spawnServer(dataDir);
    const connection = await upAt(server);
    expect(await runningCluster(dataDir)).toEqual(connection);
    expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(await runningCluster(dataDir)).toBeUndefined();
  });

  test('waits for one that is starting', async () => {
    const dataDir = folders.empty();
    const server = spawnServer(dataDir);
    await expect.poll(() => existsSync(join(dataDir, 'server.json'))).toBe(true);
    const found = await runningCluster(dataDir);
    expect(found).toEqual(await upAt(server));
    await server.stop();
  });

  test('finds none in a folder that is not there, or whose server was killed', async () => {
    expect(await runningCluster(join(folders.empty(), 'none'))).toBeUndefined();
    const dataDir = await folders.initialised();
    const server = spawnServer(dataDir);
    await upAt(server);
    await server.kill();
    expect(await runningCluster(dataDir)).toBeUndefined();
  });
});
