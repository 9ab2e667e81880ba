import { spawn } from 'node:child_process';

/** Whose rights a child process gets; empty: those of this process. */
export interface RunAs {
  uid?: number;
  gid?: number;
}

/** The whole environment of PostgreSQL's programs, so that no PG* variable of the server's steers them. */
export const childEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };

export interface CommandResult {
  /** The exit status, or null when a signal ended the program. */
  status: number | null;
  /** What it wrote, standard output and standard error in the order of arrival. */
  output: string;
}

/** Runs a program to its end. Rejects only if it cannot be started: not there, not executable, no right. */
export function runCommand(
  file: string,
  args: string[],
  options: RunAs & { cwd: string },
): Promise<CommandResult> {
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>();
  const child = spawn(file, args, {
    ...options,
    env: childEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('error', reject);
  child.on('close', (status) => resolve({ status, output: Buffer.concat(chunks).toString() }));
  return promise;
}
