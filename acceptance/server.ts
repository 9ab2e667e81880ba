import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { type DataFolder, makeDataFolder } from './data-folder.ts';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const EMAIL = 'admin@acceptance.example';
export const PASSWORD = 'only for the acceptance tests';

/** One of the product's commands, run as a user runs it. */
export interface Run {
  /** Of the process that was started: npm's, or the launcher's. */
  pid: number;
  /** What it has printed so far. */
  stdout(): string;
  stderr(): string;
  signal(name: NodeJS.Signals): void;
  /** The exit code; null where a signal ended it. */
  exited: Promise<number | null>;
}

export interface RunningServer extends Run {
  url: string;
  data: DataFolder;
}

export interface ServerOptions {
  /** A folder that an earlier server left; a new one without. */
  data?: DataFolder;
  env?: Record<string, string>;
  /** `npm start` unless `launcher`: then the program that it starts, for what npm would hide (exit codes). */
  by?: 'npm' | 'launcher';
}

/** A server on any free port, up and answering. It ends with the test, its database too, whatever became of them. */
export async function startServer({ data, env, by = 'npm' }: ServerOptions = {}): Promise<RunningServer> {
  const folder = data ?? (await dataFolder());
  const program = by === 'npm' ? ['npm', 'start'] : ['node', 'bin/headwater.mjs', 'serve'];
  const run = runProgram(program, { HEADWATER_DATA_DIR: folder.path, ...env });
  const greeting = /is serving (http\S+)/;
  const up = new Promise<string>((resolve, reject) => {
    run.child.stdout!.on('data', () => {
      const url = greeting.exec(run.stdout())?.[1];
      if (url) resolve(url);
    });
    run.exited.then((code) => reject(new Error(`the server ended with ${code}:\n${run.stderr()}`)), reject);
  });
  return { ...run, url: await up, data: folder };
}

/** A data folder that goes when the test ends. */
export async function dataFolder(): Promise<DataFolder> {
  const folder = await makeDataFolder();
  onTestFinished(() => folder.remove());
  return folder;
}

/** Starts a program at the root of the repository, with settings that know of no others; it is killed when the test ends. */
export function runProgram(
  [program, ...words]: string[],
  env: Record<string, string>,
): Run & { child: ChildProcess } {
  const child = spawn(program!, words, {
    cwd: ROOT,
    env: { ...environment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that nothing in it outlives the test.
    detached: true,
  });
  const killAll = () => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {}
  };
  process.once('exit', killAll);
  onTestFinished(() => {
    killAll();
    process.off('exit', killAll);
  });
  return {
    child,
    pid: child.pid!,
    stdout: collected(child.stdout!),
    stderr: collected(child.stderr!),
    signal: (name) => void child.kill(name),
    exited: once(child, 'close').then(([code]) => code as number | null),
  };
}

function collected(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

function environment(): NodeJS.ProcessEnv {
  const foreign = /^(HEADWATER_|DATABASE_URL$|SMTP_URL$|NODE_OPTIONS$|NODE_ENV$|VITEST|npm_)/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
    HEADWATER_PORT: '0',
    HEADWATER_ADMIN_EMAIL: EMAIL,
    HEADWATER_ADMIN_PASSWORD: PASSWORD,
    HEADWATER_RATE_COMPANY: '0',
    HEADWATER_RATE_AUTH: '0',
    HEADWATER_LOG_LEVEL: 'warn',
  };
}

/** A port that was free a moment ago, for where the URL has to be known before the start. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
