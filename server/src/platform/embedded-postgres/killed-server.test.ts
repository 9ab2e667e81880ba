import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clearLeftovers } from './clear-leftovers.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { clusterProcesses } from './cluster-processes.ts';
import { spawnServer, upAt } from './fixtures/child-server.ts';
import { dataFolders, postmasterPid, silent } from './fixtures/data-folders.ts';

const folders = dataFolders();
const clusters: Cluster[] = [];
const strangers: ChildProcess[] = [];
let template: string;
beforeAll(async () => {
  template = await folders.initialised();
});
afterAll(async () => {
  await Promise.all(clusters.map((cluster) => cluster.stop()));
  for (const stranger of strangers) stranger.kill('SIGKILL');
  await folders.remove();
});

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

/** Waits until the processes have ended; one in the middle of ending still has a pid. */
async function gone(pids: number[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter(alive)).toEqual([]), eventually);
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

describe.runIf(process.platform === 'linux')('after kill -9 of the server', { concurrent: true }, () => {
  test('its PostgreSQL, which runs on, gives way to a new one with all that was committed', async () => {
    const dataDir = folders.copyOf(template);
    const server = spawnServer(dataDir);
    const connection = await upAt(server);
    const client = await connect(connection);
    await client.query('CREATE TABLE written (id int PRIMARY KEY); INSERT INTO written VALUES (1)');
    await client.query('BEGIN; INSERT INTO written VALUES (2)');
    const orphan = postmasterPid(dataDir);
    await server.kill();
    expect((await processesIn(dataDir)).postmasters).toEqual([orphan]);

    const again = await start(dataDir);
    await gone([orphan]);
    expect((await processesIn(dataDir)).postmasters).toEqual([postmasterPid(dataDir)]);
    expect(await ids(again)).toEqual([1]);
    expect(existsSync(connection.host)).toBe(false);
  });

  test('an orphan whose pid file is lost is found all the same', async () => {
    const dataDir = folders.copyOf(template);
    const server = spawnServer(dataDir);
    await upAt(server);
    const orphan = postmasterPid(dataDir);
    await server.kill();
    rmSync(join(dataDir, 'postgres', 'postmaster.pid'));
    await start(dataDir);
    await gone([orphan]);
  });

  test('an orphan that will not shut down in order is shut down at once', async () => {
    const dataDir = folders.copyOf(template);
    const server = spawnServer(dataDir);
    await upAt(server);
    const orphan = postmasterPid(dataDir);
    const { children } = await processesIn(dataDir);
    // A child that has been halted never follows the postmaster's wish.
    const halted = children.find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('checkpointer'),
    )!;
    process.kill(halted, 'SIGSTOP');
    await server.kill();
    await clearLeftovers(join(dataDir, 'postgres'), silent, 200);
    await gone([orphan, ...children]);
    await (await start(dataDir)).query('SELECT 1');
  });

  test('and of the postmaster, its backends still at work: they are ended first', async () => {
    const dataDir = folders.copyOf(template);
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
    await gone([pid]);
    const { children } = await processesIn(dataDir);
    expect(children.length).toBeGreaterThan(0);
    await (await start(dataDir)).query('SELECT 1');
    await gone(children);
    await expect(busy).rejects.toThrow();
  });

  test('a start waits while PostgreSQL replays its log', async () => {
    const dataDir = folders.copyOf(template);
    const server = spawnServer(dataDir);
    const client = await connect({ ...(await upAt(server)), user: 'postgres' });
    await client.query(
      `SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000)) FROM generate_series(1, 40)`,
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
    const dataDir = folders.copyOf(template);
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

describe.runIf(process.platform === 'linux')('the pid file that a killed postmaster left', () => {
  let dataDir: string;
  let left: string;
  beforeAll(async () => {
    dataDir = folders.copyOf(template);
    const server = spawnServer(dataDir);
    const client = await connect(await upAt(server));
    await client.query('CREATE TABLE written AS SELECT 1 AS id');
    const pid = postmasterPid(dataDir);
    left = readFileSync(pidFile(), 'utf8');
    await server.kill();
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => {
      expect(await processesIn(dataDir)).toEqual({ postmasters: [], children: [] });
    }, eventually);
  });

  const pidFile = () => join(dataDir, 'postgres', 'postmaster.pid');

  async function expectAStart(): Promise<void> {
    const cluster = await startCluster({ dataDir, log: silent });
    expect(await ids(await connect(cluster.connection))).toEqual([1]);
    await cluster.stop();
  }

  test('does no harm', async () => {
    await gone([postmasterPid(dataDir)]);
    await expectAStart();
  });

  test("is not taken for a live one's if a stranger's process has the pid now", async () => {
    const stranger = await startStranger(dataDir);
    writeFileSync(pidFile(), left.replace(/^\d+/, `${stranger}`));
    await expectAStart();
    expect(alive(stranger)).toBe(true);
  });

  test("nor if another folder's PostgreSQL has it, which runs on", async () => {
    const other = folders.copyOf(template);
    const client = await start(other);
    writeFileSync(pidFile(), left.replace(/^\d+/, `${postmasterPid(other)}`));
    await expectAStart();
    await client.query('SELECT 1');
  });

  test('nor if it is empty, since the disk was full', async () => {
    writeFileSync(pidFile(), '');
    await expectAStart();
  });
});
