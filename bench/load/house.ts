import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { columnTypes } from '../../server/src/platform/db/types.ts';
import type { ClusterConnection } from '../../server/src/platform/embedded-postgres/cluster-connection.ts';

const PASSWORD = 'measured and thrown away';
const LAUNCHER = fileURLToPath(new URL('../../bin/headwater.mjs', import.meta.url));
/** On, and never reached. */
const RATE = '1000000';

/** A server as a user starts one, on an embedded database of its own. */
export interface House {
  url: string;
  connection: ClusterConnection;
  postmaster: number;
  companyId: number;
  /** Of the super admin. */
  token: string;
  /** A token of /api/v3. */
  suiteToken: string;
  connect(): Promise<pg.Client>;
  /** Another company's token, and its id. */
  company(identifier: string): Promise<{ companyId: number; token: string }>;
  call(method: string, path: string, body?: unknown, token?: string): Promise<unknown>;
  /** Ends the server and leaves nothing behind. */
  remove(): Promise<void>;
}

/** `profile`: a folder for the CPU profile that the server writes when it ends. */
export async function openHouse({ profile }: { profile?: string | undefined }): Promise<House> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'headwater-bench-'));
  const email = 'admin@bench.example';
  const env = {
    ...settingsOfOthersRemoved(),
    HEADWATER_PORT: '0',
    HEADWATER_DATA_DIR: dataDir,
    HEADWATER_COMPANY: 'demo',
    HEADWATER_ADMIN_EMAIL: email,
    HEADWATER_ADMIN_PASSWORD: PASSWORD,
    HEADWATER_RATE_COMPANY: RATE,
    HEADWATER_RATE_AUTH: RATE,
    HEADWATER_LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [LAUNCHER, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...env, ...(profile ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` } : {}) },
  });
  const ended = once(child, 'exit');
  const remove = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await greeted(child.stdout!, ended);
    const { connection } = JSON.parse(await readFile(path.join(dataDir, 'server.json'), 'utf8'));
    const pid = await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
    const postmaster = Number.parseInt(pid, 10);
    const basic = `Basic ${Buffer.from(`${email}:${PASSWORD}`).toString('base64')}`;
    const call: House['call'] = async (method, where, body, authorization = basic) => {
      const response = await fetch(`${url}${where}`, {
        method,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${where}: ${response.status} ${text.slice(0, 500)}`);
      return text === '' ? undefined : JSON.parse(text);
    };
    const { token } = (await call('GET', '/v1/auth')) as { token: string };
    const company: House['company'] = async (identifier) => {
      const words = [
        'company',
        'create',
        '--identifier',
        identifier,
        '--email',
        `admin@${identifier}.example`,
      ];
      const made = spawnSync(process.execPath, [LAUNCHER, ...words, '--json'], { env, encoding: 'utf8' });
      const { companyId, generatedPassword } = JSON.parse(made.stdout);
      const own = Buffer.from(`admin@${identifier}.example:${generatedPassword}`).toString('base64');
      const signedIn = (await call('GET', '/v1/auth', undefined, `Basic ${own}`)) as { token: string };
      return { companyId, token: signedIn.token };
    };
    const connect = async () => {
      const client = new pg.Client({ ...connection, types: columnTypes, options: '-c TimeZone=UTC' });
      client.on('error', () => {});
      await client.connect();
      return client;
    };
    const credentials = { company: 'demo', username: email, password: PASSWORD };
    const { token: suiteToken } = (await call('POST', '/api/v3/api-token-auth/', credentials)) as {
      token: string;
    };
    return { url, connection, postmaster, companyId: 1, token, suiteToken, connect, company, call, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function greeted(stdout: NodeJS.ReadableStream, ended: Promise<unknown[]>): Promise<string> {
  const url = Promise.withResolvers<string>();
  let text = '';
  stdout.on('data', (chunk) => {
    text += chunk;
    const found = /is serving (http\S+)/.exec(text)?.[1];
    if (found) url.resolve(found);
  });
  void ended.then(([code]) => url.reject(new Error(`the server ended with ${code}`)));
  return url.promise;
}

function settingsOfOthersRemoved(): NodeJS.ProcessEnv {
  const foreign = /^(HEADWATER_|DATABASE_URL$|SMTP_URL$|NODE_OPTIONS$|LAUNCHER_FD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
