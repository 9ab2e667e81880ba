import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { vi } from 'vitest';
import { freePort, ROOT } from '../../acceptance/server.ts';

/** A PgBouncer of the configuration that docs/operations.md shows, before a database of the tests' PostgreSQL. */
export interface Pooler {
  /** Of the database, through it. */
  url: string;
  /** Has it open its connections to PostgreSQL anew. */
  reconnect(): Promise<void>;
  /** Ends it and starts it with another line of configuration, or with none. */
  restart(line?: string): Promise<void>;
  /** Asks a question on so many of PostgreSQL's connections at once. */
  onEachConnection(count: number, text: string): Promise<object[]>;
  /** How many it holds to PostgreSQL. */
  connections(): Promise<number>;
  stop(): Promise<void>;
}

export function findPgbouncer(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin'];
  return folders.map((folder) => path.join(folder, 'pgbouncer')).find((file) => existsSync(file));
}

/** `host` is the folder of PostgreSQL's socket. */
export async function startPooler(options: {
  program: string;
  host: string;
  port: number;
  database: string;
  /** Connections to PostgreSQL. */
  size: number;
}): Promise<Pooler> {
  // It refuses to run as root; whoever runs PostgreSQL may also enter its folder.
  const { uid, gid } = await stat(options.host);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headwater-pgbouncer-'));
  const password = randomUUID();
  const port = await freePort();
  const url = `postgres://headwater:${password}@127.0.0.1:${port}/headwater`;
  const users = path.join(folder, 'userlist.txt');
  const configuration = path.join(folder, 'pgbouncer.ini');
  await writeFile(users, `"headwater" "${password}"\n`);
  await chown(folder, uid, gid);
  await letIn(uid, options);
  let child: ChildProcess | undefined;

  async function run(line: string): Promise<void> {
    await writeFile(configuration, `${documented(port, users, options)}\nunix_socket_dir =\n${line}\n`);
    child = spawn(options.program, ['-q', configuration], { uid, gid, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr!.on('data', (chunk) => {
      said += chunk;
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error(`pgbouncer ended: ${said}`);
    });
    ended.catch(() => {});
    await Promise.race([ended, vi.waitFor(() => asked(url, 'select 1'), { timeout: 10_000, interval: 20 })]);
  }
  async function end(): Promise<void> {
    if (!child || child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  const console = (command: string) => asked(url.replace(/\/headwater$/, '/pgbouncer'), command);
  const kill = () => child?.kill('SIGKILL');
  process.once('exit', kill);

  await run('');
  return {
    url,
    async reconnect() {
      await console('RECONNECT');
    },
    async restart(line = '') {
      await end();
      await run(line);
    },
    async onEachConnection(count, text) {
      const clients = await Promise.all(Array.from({ length: count }, () => connected(url)));
      try {
        await Promise.all(clients.map((client) => client.query('begin')));
        const answers = await Promise.all(clients.map((client) => client.query(text)));
        return answers.map(({ rows }) => rows[0]);
      } finally {
        await Promise.all(clients.map((client) => client.end()));
      }
    },
    connections: async () => (await console('SHOW SERVERS')).length,
    async stop() {
      await end();
      process.off('exit', kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the document shows, with what is another here: addresses, files, and how many connections there are. */
function documented(
  port: number,
  users: string,
  { host, port: postgres, database, size }: { host: string; port: number; database: string; size: number },
): string {
  const document = readFileSync(path.join(ROOT, 'docs/operations.md'), 'utf8');
  const [, shown = ''] = /```ini\n(; \/etc\/pgbouncer\/pgbouncer\.ini\n.*?)```/s.exec(document) ?? [];
  return [
    [/^headwater = .*$/m, `headwater = host=${host} port=${postgres} dbname=${database}`],
    [/^listen_port = .*$/m, `listen_port = ${port}`],
    [/^auth_file = .*$/m, `auth_file = ${users}`],
    [/^default_pool_size = .*$/m, `default_pool_size = ${size}`],
  ].reduce((text, [line, other]) => {
    if (!(line as RegExp).test(text))
      throw new Error(`docs/operations.md shows no configuration with ${line}`);
    return text.replace(line as RegExp, other as string);
  }, shown);
}

/**
 * The cluster lets in root and the user who started it; where those are one, also the user of this number. Once the
 * second reload is seen, the first is over.
 */
async function letIn(uid: number, { host, port }: { host: string; port: number }): Promise<void> {
  if (uid === process.getuid?.()) return;
  const entry = (await readFile('/etc/passwd', 'utf8'))
    .split('\n')
    .find((line) => line.split(':')[2] === String(uid));
  const client = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const mapping = `headwater "${entry!.split(':')[0]}" headwater\n`;
    await appendFile(`/proc/${rows[0]!.pid}/cwd/pg_ident.conf`, mapping);
    for (let reload = 0; reload < 2; reload++) {
      const loaded = async () => (await client.query('select pg_conf_load_time()::text as at')).rows[0].at;
      const before = await loaded();
      await client.query('select pg_reload_conf()');
      await vi.waitUntil(async () => (await loaded()) !== before, { timeout: 10_000, interval: 5 });
    }
  } finally {
    await client.end();
  }
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function asked(url: string, text: string): Promise<object[]> {
  const client = await connected(url);
  return client
    .query(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}
