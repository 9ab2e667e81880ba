import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Cluster, runningCluster, startCluster } from './cluster.ts';
import type { ClusterConnection } from './cluster-connection.ts';
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

const home = folders.empty();
const dataDir = join(home, 'made', 'on the way');

describe('a new cluster', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster({ dataDir, log: silent });
  });
  afterAll(() => cluster.stop());

  test('has a database that its role owns, which is not superuser', async () => {
    const [row] = await query(
      cluster.connection,
      `SELECT current_user AS role, pg_get_userbyid(datdba) AS owner,
              current_setting('is_superuser') AS super, pg_encoding_to_char(encoding) AS encoding, datlocprovider AS provider, datlocale AS locale
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

  test.runIf(isRoot)('may lie below a home that only root enters, PostgreSQL being another user', () => {
    expect(statSync(home)).toMatchObject({ uid: 0, mode: 0o40700 });
    const owner = statSync(join(dataDir, 'postgres')).uid;
    expect(owner).not.toBe(0);
    expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(owner);
  });

  test('lets the role make the extensions it needs, which know letters beyond ASCII', async () => {
    await query(cluster.connection, 'CREATE EXTENSION unaccent; CREATE EXTENSION pg_trgm');
    const rows = await query(
      cluster.connection,
      `SELECT unaccent('Zoë Ångström') AS plain, lower('ÄÖ') AS lower, similarity('žluť', 'žluť') AS same,
              similarity('žluť', 'ďáb') AS other`,
    );
    expect(rows).toEqual([{ plain: 'Zoe Angstrom', lower: 'äö', same: 1, other: 0 }]);
  });

  test('keeps what is committed, in UTC, and asks for no TCP port', async () => {
    const [row] = await query(
      cluster.connection,
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

  test('is reached by its two roles only, over a private socket', async () => {
    expect(statSync(cluster.connection.host).mode & 0o777).toBe(0o700);
    const superuser = { ...cluster.connection, user: 'postgres', database: 'postgres' };
    await query(superuser, 'CREATE ROLE stranger LOGIN SUPERUSER');
    await expect(query({ ...superuser, user: 'stranger' }, 'SELECT 1')).rejects.toThrow(/pg_hba\.conf/);
  });

  test.runIf(isRoot)('lets no other user of the machine in, who has got hold of the socket', async () => {
    process.seteuid?.(statSync(join(dataDir, 'postgres')).uid);
    try {
      await expect(query(cluster.connection, 'SELECT 1')).rejects.toThrow(/Peer authentication failed/);
    } finally {
      process.seteuid?.(0);
    }
  });

  test('is not reached by Ctrl-C in the terminal, which goes to the whole process group', () => {
    const groupOf = (pid: number) =>
      execFileSync('ps', ['-o', 'pgid=', '-p', `${pid}`], { encoding: 'utf8' }).trim();
    expect(groupOf(postmasterPid(dataDir))).toBe(`${postmasterPid(dataDir)}`);
  });
});

describe('a cluster', () => {
  test('logs no statement, parameter or value', async () => {
    const server = spawnServer(dataDir);
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
    const times: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const before = performance.now();
      await withCluster(dataDir, async () => void times.push(performance.now() - before));
    }
    expect(Math.min(...times)).toBeLessThan(1000);
  });

  test('leaves nothing behind when stopped, and may be stopped twice', async () => {
    const cluster = await startCluster({ dataDir, log: silent });
    const pid = postmasterPid(dataDir);
    await Promise.all([cluster.stop(), cluster.stop()]);
    expect(existsSync(cluster.connection.host)).toBe(false);
    expect(existsSync(join(dataDir, 'server.json'))).toBe(false);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });

  test('takes settings from local.conf, and names the mistake in them', async () => {
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
    rmSync(local);
  });
});

describe('the data folder', () => {
  test('may have a path far longer than that of a socket', async () => {
    const dataDir = join(folders.empty(), 'd'.repeat(150), 'e'.repeat(150));
    await withCluster(dataDir, async (connection) => {
      expect(connection.host.length).toBeLessThan(80);
      expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    });
  });

  test('with a path too long for the lock is refused in words', async () => {
    const dataDir = join(folders.empty(), 'd'.repeat(200), 'e'.repeat(200), 'f'.repeat(200));
    await expect(startCluster({ dataDir, log: silent })).rejects.toThrow(
      /too long\. Put it under a shorter one/,
    );
  });

  test('that cannot be made is refused in words', async () => {
    const file = join(folders.empty(), 'file');
    writeFileSync(file, '');
    const started = startCluster({ dataDir: join(file, 'data'), log: silent });
    await expect(started).rejects.toThrow(/cannot be made .*Choose one below a folder/);
  });

  test.runIf(isRoot && isOpen)(
    'may be an ordinary user’s, as whom the server runs, until root takes over',
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
    expect(await runningCluster(dataDir)).toBeUndefined();
    const server = spawnServer(dataDir);
    const connection = await upAt(server);
    expect(await runningCluster(dataDir)).toEqual(connection);
    expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(await runningCluster(dataDir)).toBeUndefined();
  });

  test('waits for one that is starting', async () => {
    const server = spawnServer(dataDir);
    await vi.waitFor(() => expect(existsSync(join(dataDir, 'server.json'))).toBe(true), 10_000);
    const found = await runningCluster(dataDir);
    expect(found).toEqual(await upAt(server));
    await server.stop();
  });

  test('finds none in a folder that is not there, or whose server was killed', async () => {
    expect(await runningCluster(join(folders.empty(), 'none'))).toBeUndefined();
    const abandoned = folders.copyOf(dataDir);
    const server = spawnServer(abandoned);
    await upAt(server);
    await server.kill();
    expect(await runningCluster(abandoned)).toBeUndefined();
  });
});
