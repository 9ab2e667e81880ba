import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { type Cluster, startCluster } from './cluster.ts';
import { clusterProcesses } from './cluster-processes.ts';
import { spawnServer, upAt } from './fixtures/child-server.ts';
import { dataFolders, postmasterPid, silent } from './fixtures/data-folders.ts';

const folders = dataFolders();
const clusters: Cluster[] = [];
const strangers: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(clusters.splice(0).map((cluster) => cluster.stop()));
  for (const stranger of strangers.splice(0)) stranger.kill('SIGKILL');
});
afterAll(() => folders.remove());

const eventually = { timeout: 10_000, interval: 5 };

async function start(dataDir: string): Promise<pg.Client> {
  const cluster = await startCluster({ dataDir, log: silent });
  clusters.push(cluster);
  return connect(cluster.connection);
}

async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function ids(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>('SELECT id FROM written ORDER BY id');
  await client.end();
  return rows.map((row) => row.id);
}

function processesIn(dataDir: string) {
  return clusterProcesses(join(dataDir, 'postgres'), undefined);
}

function alive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** A live process of the user that PostgreSQL runs as, which has nothing to do with it. */
async function startStranger(dataDir: string): Promise<number> {
  const { uid, gid } = statSync(join(dataDir, 'postgres'));
  const stranger = spawn('sleep', ['600'], {
    cwd: '/',
    stdio: 'ignore',
    ...(process.getuid?.() === 0 && { uid, gid }),
  });
  strangers.push(stranger);
  await once(stranger, 'spawn');
  return stranger.pid!;
}

function notePidOf(dataDir: string, pid: number): void {
  const path = join(dataDir, 'postgres', 'postmaster.pid');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, `${pid}`));
}

/** Leaves a cluster with one row whose server and postmaster were both killed, and every process is gone. */
async function crashed(): Promise<string> {
  const dataDir = await folders.initialised();
  const server = spawnServer(dataDir);
  const client = await connect(await upAt(server));
  await client.query('CREATE TABLE written (id int PRIMARY KEY); INSERT INTO written VALUES (1)');
  const pid = postmasterPid(dataDir);
  await server.kill();
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(async () => {
    expect(await processesIn(dataDir)).toEqual({ postmasters: [], children: [] });
  }, eventually);
  return dataDir;
}

describe.runIf(process.platform === 'linux')('after kill -9 of the server', () => {
  test('its PostgreSQL, which runs on, gives way to a new one with all that was committed', async () => {
    const dataDir = await folders.initialised();
    const server = spawnServer(dataDir);
    const connection = await upAt(server);
    const client = await connect(connection);
    await client.query('CREATE TABLE written (id int PRIMARY KEY); INSERT INTO written VALUES (1)');
    await client.query('BEGIN; INSERT INTO written VALUES (2)');
    const orphan = postmasterPid(dataDir);
    await server.kill();
    expect((await processesIn(dataDir)).postmasters).toEqual([orphan]);

    const again = await start(dataDir);
    expect(alive(orphan)).toBe(false);
    expect((await processesIn(dataDir)).postmasters).toEqual([postmasterPid(dataDir)]);
    expect(await ids(again)).toEqual([1]);
    expect(existsSync(connection.host)).toBe(false);
  });

  test('an orphan whose pid file is lost is found all the same', async () => {
    const dataDir = await folders.initialised();
    const server = spawnServer(dataDir);
    await upAt(server);
    const orphan = postmasterPid(dataDir);
    await server.kill();
    rmSync(join(dataDir, 'postgres', 'postmaster.pid'));
    await start(dataDir);
    expect(alive(orphan)).toBe(false);
  });

  test('an orphan that will not shut down in order is shut down at once', { timeout: 40_000 }, async () => {
    const dataDir = await folders.initialised();
    const server = spawnServer(dataDir);
    await upAt(server);
    const { children } = await processesIn(dataDir);
    // A stopped child does not follow the postmaster's wish, so the orderly way lasts for ever.
    const stuck = children.find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('checkpointer'),
    )!;
    process.kill(stuck, 'SIGSTOP');
    await server.kill();
    await (await start(dataDir)).query('SELECT 1');
    expect(alive(stuck)).toBe(false);
  });

  test('and of the postmaster: the pid file that is left does no harm', async () => {
    const dataDir = await crashed();
    expect(alive(postmasterPid(dataDir))).toBe(false);
    expect(await ids(await start(dataDir))).toEqual([1]);
  });

  test('and of the postmaster, its backends still at work: they are ended first', async () => {
    const dataDir = await folders.initialised();
    const server = spawnServer(dataDir);
    const client = await connect(await upAt(server));
    // A query that never looks whether the postmaster lives.
    const busy = client.query('SELECT count(*) FROM generate_series(1, 1e9::bigint) WHERE random() < 0');
    busy.catch(() => undefined);
    await vi.waitFor(
      async () => expect((await processesIn(dataDir)).children.length).toBeGreaterThan(5),
      eventually,
    );
    const pid = postmasterPid(dataDir);
    await server.kill();
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(() => expect(alive(pid)).toBe(false), eventually);
    const { children } = await processesIn(dataDir);
    expect(children.length).toBeGreaterThan(0);
    await (await start(dataDir)).query('SELECT 1');
    for (const child of children) expect(alive(child)).toBe(false);
    await expect(busy).rejects.toThrow();
  });

  test("a pid since given to a stranger's process is not taken for PostgreSQL", async () => {
    const dataDir = await crashed();
    const stranger = await startStranger(dataDir);
    notePidOf(dataDir, stranger);
    expect(await ids(await start(dataDir))).toEqual([1]);
    expect(alive(stranger)).toBe(true);
  });

  test('a pid since given to the PostgreSQL of another folder leaves that one running', async () => {
    const dataDir = await crashed();
    const other = await folders.initialised();
    const client = await start(other);
    notePidOf(dataDir, postmasterPid(other));
    expect(await ids(await start(dataDir))).toEqual([1]);
    await client.query('SELECT 1');
  });

  test('an empty pid file, cut off by a full disk, does no harm', async () => {
    const dataDir = await crashed();
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), '');
    expect(await ids(await start(dataDir))).toEqual([1]);
  });

  test('a start waits while PostgreSQL replays its log', async () => {
    const dataDir = await folders.initialised();
    const server = spawnServer(dataDir);
    const client = await connect({ ...(await upAt(server)), user: 'postgres' });
    await client.query(
      `SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000)) FROM generate_series(1, 200)`,
    );
    await client.query('CREATE TABLE written AS SELECT 1 AS id');
    const pid = postmasterPid(dataDir);
    await server.kill();
    process.kill(pid, 'SIGKILL');
    const again = spawnServer(dataDir);
    expect(await ids(await connect({ ...(await upAt(again)), user: 'postgres' }))).toEqual([1]);
    expect(again.log()).toMatch(/the database system is (starting up|not yet accepting connections)/);
    await again.stop();
  });

  test('while it was making the cluster: that is made anew', async () => {
    const dataDir = folders.empty();
    const server = spawnServer(dataDir);
    const unfinished = () => readdirSync(dataDir).find((name) => name.startsWith('postgres.unfinished-'));
    await vi.waitFor(() => {
      expect(existsSync(join(dataDir, unfinished() ?? '-', 'cluster', 'PG_VERSION'))).toBe(true);
    }, eventually);
    await server.kill();
    expect(unfinished()).toBeDefined();
    await (await start(dataDir)).query('SELECT 1');
    expect(unfinished()).toBeUndefined();
  });

  test('every write that was acknowledged is there', async () => {
    const dataDir = await folders.initialised();
    const server = spawnServer(dataDir);
    const connection = await upAt(server);
    await (await connect(connection)).query('CREATE TABLE written (id int PRIMARY KEY)');
    const script = fileURLToPath(new URL('fixtures/write-rows.ts', import.meta.url));
    const writer = spawn(process.execPath, [script, connection.host], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: number[] = [];
    const lines = createInterface({ input: writer.stdout });
    lines.on('line', (line) => acknowledged.push(Number(line)));
    const closed = once(lines, 'close');
    await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(200), eventually);
    process.kill(postmasterPid(dataDir), 'SIGKILL');
    await server.kill();
    writer.kill('SIGKILL');
    await closed;
    const present = new Set(await ids(await start(dataDir)));
    expect(acknowledged.filter((id) => !present.has(id))).toEqual([]);
  });
});
