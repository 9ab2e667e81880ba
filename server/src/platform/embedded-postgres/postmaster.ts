import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { clusterFolderArgument } from './cluster-folder.ts';
import { followPostmasterLog } from './postmaster-log.ts';
import { childEnvironment, type RunAs } from './run-command.ts';
import { socketPort } from './socket-directory.ts';

export interface PostmasterOptions {
  /** The path of the program. */
  postgres: string;
  clusterDir: string;
  socketDir: string;
  runAs: RunAs;
  log: Logger;
}

/** A running postmaster, child of this process. */
export interface Postmaster {
  /** Settles when it has ended, with the reason in words. */
  readonly exited: Promise<string>;
  /** Its last log lines in one, once it has ended. */
  lastWords(): Promise<string>;
  /** Says that it accepts connections, so that what it logs from now on is of interest. */
  isUp(): void;
  /**
   * Shuts it down and settles when it has ended: connections are cut, what was committed is on disk. If that
   * takes over 10 s, without the closing checkpoint.
   */
  stop(): Promise<void>;
}

const patienceMs = 10_000;

/**
 * Starts PostgreSQL on the cluster, on a socket in `socketDir` and nowhere else. In a process group of its
 * own: Ctrl-C in a terminal reaches the server only, which drains first.
 */
export function spawnPostmaster(options: PostmasterOptions): Postmaster {
  const child = spawn(
    options.postgres,
    [
      ...['-D', clusterFolderArgument(options.clusterDir)],
      ...['-c', 'listen_addresses='],
      ...['-c', 'log_line_prefix='],
      ...['-k', options.socketDir],
      ...['-p', `${socketPort}`],
    ],
    {
      ...options.runAs,
      cwd: options.clusterDir,
      env: childEnvironment,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    },
  );
  const follower = followPostmasterLog(child.stderr, options.clusterDir, options.log);
  const exited = whenExited(child);
  return {
    exited,
    lastWords: () => follower.lastWords(),
    isUp() {
      follower.routine = false;
    },
    async stop() {
      follower.routine = true;
      child.kill('SIGINT');
      const ended = new AbortController();
      const escalation = sleep(patienceMs, undefined, { signal: ended.signal }).then(
        () => child.kill('SIGQUIT'),
        () => false,
      );
      await exited;
      ended.abort();
      await escalation;
    },
  };
}

function whenExited(child: ChildProcess): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  child.on('error', (error) => resolve(error.message));
  child.on('exit', (status, signal) =>
    resolve(signal ? `ended by ${signal}` : `ended with status ${status}`),
  );
  return promise;
}
