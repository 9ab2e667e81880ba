import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import type { Finding } from './doctor/finding.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const EMAIL = 'admin@demo.example';
const PASSWORD = 'correct horse battery staple';
const children: ChildProcess[] = [];
let scratch: string;
let dataDir: string;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(os.tmpdir(), 'headwater-test-'));
  dataDir = path.join(scratch, 'data');
  server = start(['serve'], { HEADWATER_ADMIN_PASSWORD: PASSWORD });
  url = await servedUrl(server);
});
afterAll(async () => {
  await stopServer().finally(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  await rm(scratch, { recursive: true, force: true, maxRetries: 10 });
});

/** The program in a process of its own, which ends with this one. */
function start(words: string[], env: Record<string, string> = {}): ChildProcess {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(HEADWATER_|DATABASE_URL|SMTP_URL)/.test(name),
  );
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(inherited),
      LAUNCHER_FD: '3',
      NODE_COMPILE_CACHE: path.join(scratch, 'compiled'),
      HEADWATER_DATA_DIR: dataDir,
      HEADWATER_PORT: '0',
      HEADWATER_LOG_LEVEL: 'warn',
      ...env,
    },
  });
  children.push(child);
  return child;
}

async function run(words: string[], env: Record<string, string> = {}) {
  const child = start(words, env);
  const [out, err] = [textOf(child.stdout!), textOf(child.stderr!)];
  const [code] = await once(child, 'close');
  return { code: code as number, out: out(), err: err() };
}

function textOf(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
}

async function servedUrl(child: ChildProcess): Promise<string> {
  const [out, err] = [textOf(child.stdout!), textOf(child.stderr!)];
  return vi.waitFor(
    () => {
      const found = /is serving (\S+)/.exec(out())?.[1];
      if (!found) throw new Error(`not serving yet: ${out()}${err()}`);
      return found;
    },
    { timeout: 30_000, interval: 20 },
  );
}

async function stopServer(): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit', { signal: AbortSignal.timeout(20_000) });
}

async function signIn(password: string) {
  const basic = Buffer.from(`${EMAIL}:${password}`).toString('base64');
  const answer = await fetch(`${url}/v1/auth`, { headers: { authorization: `Basic ${basic}` } });
  return { status: answer.status, body: (await answer.json()) as { id: string; token: string } };
}

async function statusWith(token: string): Promise<number> {
  return (await fetch(`${url}/v1/users`, { headers: { authorization: token } })).status;
}

async function diagnosis(env: Record<string, string> = {}) {
  const { code, out } = await run(['doctor', '--json'], env);
  const findings: Finding[] = JSON.parse(out);
  return {
    code,
    findings,
    of: (check: string) => findings.filter((finding) => finding.check === check),
    failed: findings.filter(({ level }) => level === 'fail').map(({ check }) => check),
  };
}

/** A program that listens and says nothing. */
async function listening(): Promise<number> {
  const stranger = createServer((socket) => socket.end());
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  onTestFinished(() => void stranger.close());
  return (stranger.address() as { port: number }).port;
}

describe('user reset-password, beside the running server', () => {
  it('0: prints a new password once, ends the tokens within a second, leaves an audit row', async () => {
    const before = (await signIn(PASSWORD)).body;
    expect(await statusWith(before.token)).toBe(200);
    const { code, out } = await run(['user', 'reset-password', '--email', EMAIL.toUpperCase()]);
    expect(code).toBe(0);
    const password = /is now (\S{20}) \(shown once\)/.exec(out)?.[1];
    await vi.waitFor(async () => expect(await statusWith(before.token)).toBe(401), 1_000);
    expect((await signIn(PASSWORD)).status).toBe(401);
    expect((await signIn(password!)).status).toBe(200);

    const note = JSON.parse(await readFile(path.join(dataDir, 'server.json'), 'utf8'));
    const client = new pg.Client(note.connection);
    await client.connect();
    const { rows } = await client
      .query('select subject_id, fields, actor_id from audit_entry where action = $1', [
        'user.reset-password',
      ])
      .finally(() => client.end());
    expect(rows).toEqual([{ subject_id: before.id, fields: ['password'], actor_id: null }]);
  });

  it('0: takes a given password without printing it, and lets in whom failures held back', async () => {
    const given = 'a password of my own choosing';
    for (let failure = 0; failure < 6; failure++) await signIn('a wrong password');
    expect((await signIn(PASSWORD)).status).toBe(429);
    const { code, out } = await run([
      ...['user', 'reset-password', '--json'],
      ...['--email', EMAIL, '--password', given],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ userId: expect.any(String), email: EMAIL });
    expect((await signIn(given)).status).toBe(200);
  });

  it('1: an unknown email, a password that is too short, no email', async () => {
    const answers = await Promise.all([
      run(['user', 'reset-password', '--email', 'nobody@demo.example']),
      run(['user', 'reset-password', '--email', EMAIL, '--password', 'short']),
      run(['user', 'reset-password']),
    ]);
    expect(answers.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(answers.map(({ err }) => err.trim())).toEqual([
      'no account has the email nobody@demo.example',
      'password: must be 12 to 128 characters long',
      expect.stringContaining('--email is missing'),
    ]);
  });
});

describe('doctor', () => {
  it('0: beside the running server, a line for each finding', async () => {
    const { code, out } = await run(['doctor'], {
      HEADWATER_PORT: new URL(url).port,
      SMTP_URL: `smtp://127.0.0.1:${await listening()}`,
    });
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines.filter((line) => !line.startsWith('ok    '))).toEqual([]);
    expect(out).toContain(`held by process ${server.pid} `);
    expect(out).toContain('is answered by Headwater ');
    expect(out).toContain('migrations: are up to date');
  });

  it('0: before the first start, and makes nothing', async () => {
    const fresh = path.join(scratch, 'fresh', 'data');
    const { code, of } = await diagnosis({ HEADWATER_DATA_DIR: fresh });
    expect(code).toBe(0);
    expect(of('data folder')[0]!.message).toContain('will be made');
    expect(of('mail')[0]!.level).toBe('warn');
    await expect(readFile(fresh)).rejects.toThrow('ENOENT');
  });

  it('0: a database of your own that is not migrated yet, and leaves it so', async () => {
    const { host, port } = inject('postgres');
    const name = `doctor_${process.pid}`;
    const operator = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
    await operator.connect();
    onTestFinished(() => operator.end());
    await operator.query(`create database ${name} owner headwater`);
    const client = new pg.Client({ host, port, user: 'headwater', database: name });
    await client.connect();
    onTestFinished(() => client.end());
    const env = {
      HEADWATER_DATA_DIR: path.join(scratch, 'unused'),
      DATABASE_URL: `postgres://headwater@localhost/${name}?host=${encodeURIComponent(host)}&port=${port}`,
    };

    const empty = await diagnosis(env);
    expect(empty.code).toBe(0);
    expect(empty.of('migrations')[0]).toMatchObject({
      level: 'warn',
      message: expect.stringContaining('0001'),
    });
    expect(empty.of('durability')[0]).toMatchObject({
      level: 'warn',
      message: expect.stringContaining('fsync'),
    });
    expect((await client.query("select to_regclass('migration') as it")).rows).toEqual([{ it: null }]);

    await client.query('create table migration (name text primary key, digest text not null)');
    await client.query("insert into migration values ('9999_of_tomorrow.sql', '')");
    const newer = await diagnosis(env);
    expect(newer.code).toBe(1);
    expect(newer.of('migrations')[0]!.message).toContain('9999_of_tomorrow.sql');
  });

  it('1: names every mistake of the settings', async () => {
    const { code, of, failed } = await diagnosis({ HEADWATER_PORT: 'four', HEADWATER_PROT: '4010' });
    expect(code).toBe(1);
    expect(of('settings').map(({ message }) => message.split(' ')[0])).toEqual([
      'HEADWATER_PORT',
      'HEADWATER_PROT',
    ]);
    expect(failed).toEqual(['settings', 'settings']);
    expect(of('node')[0]!.level).toBe('ok');
  });

  it('1: a port in use, a folder that is none, a mail server and a database that are not reached', async () => {
    const file = path.join(scratch, 'a file');
    await writeFile(file, '');
    const { code, failed, of } = await diagnosis({
      HEADWATER_DATA_DIR: file,
      HEADWATER_PORT: String(await listening()),
      SMTP_URL: 'smtp://user:smtp-secret@127.0.0.1:1',
      DATABASE_URL: 'postgres://user:db-secret@127.0.0.1:1/none',
    });
    expect(code).toBe(1);
    expect(failed).toEqual(['data folder', 'port', 'database', 'mail']);
    expect(of('port')[0]!.message).toContain('is used by another program');
    expect(of('mail')[0]!.message).toContain('ECONNREFUSED');
    expect(JSON.stringify(of('mail').concat(of('database')))).not.toContain('-secret');
  });

  it("1: the port of another installation's Headwater", async () => {
    const { code, of } = await diagnosis({
      HEADWATER_DATA_DIR: path.join(scratch, 'of its own'),
      HEADWATER_PORT: new URL(url).port,
    });
    expect(code).toBe(1);
    expect(of('port')[0]!.message).toContain('is used by a Headwater with another data folder');
  });

  it('1: a damaged secret; one that others can read is a warning', async () => {
    const holding = async (secret: string) => {
      const folder = await mkdtemp(path.join(scratch, 'secret-'));
      await writeFile(path.join(folder, 'secret'), secret, { mode: 0o644 });
      return diagnosis({ HEADWATER_DATA_DIR: folder });
    };
    const [damaged, open] = await Promise.all([holding('short'), holding('x'.repeat(64))]);
    expect([damaged.code, open.code]).toEqual([1, 0]);
    expect(damaged.failed).toEqual(['secret']);
    expect(open.of('secret')[0]).toMatchObject({
      level: 'warn',
      message: expect.stringContaining('chmod 600'),
    });
  });

  it('1: without a server it starts the database itself, and sees that durability is off', async () => {
    await stopServer();
    await appendFile(path.join(dataDir, 'postgres', 'local.conf'), 'synchronous_commit = off\n');
    await rm(path.join(dataDir, 'secret'));
    const { code, failed, of } = await diagnosis();
    expect(code).toBe(1);
    expect(failed).toEqual(['durability']);
    expect(of('durability')[0]!.message).toContain('synchronous_commit off');
    expect(of('secret')[0]).toMatchObject({ level: 'warn', message: expect.stringContaining('is gone') });
    await expect(readFile(path.join(dataDir, 'server.json'))).rejects.toThrow('ENOENT');
  });
});
