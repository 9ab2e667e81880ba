import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { withClusterFolder } from './cluster-folder.ts';

/** PostgreSQL's log, passed on to the server's. */
export interface PostmasterLog {
  /** While it starts and stops, what it says is routine and goes out as `debug`. */
  routine: boolean;
  /** Its last lines in one, once it has ended. */
  lastWords(): Promise<string>;
}

const kept = 4;
/** How long the last lines may take; processes of a killed postmaster hold the stream open. */
const patienceMs = 500;

/** Passes PostgreSQL's lines on, each at the level it has. */
export function followPostmasterLog(stream: Readable, clusterDir: string, log: Logger): PostmasterLog {
  const lines: string[] = [];
  const ended = finished(stream).catch(() => undefined);
  const follower: PostmasterLog = {
    routine: true,
    async lastWords() {
      await Promise.race([ended, sleep(patienceMs)]);
      return lines.join(' / ');
    },
  };
  createInterface({ input: stream }).on('line', (text) => {
    const line = withClusterFolder(text, clusterDir);
    lines.push(line);
    if (lines.length > kept) lines.shift();
    const [, severity = 'LOG', message = line] = /^([A-Z]+\d?): {2}(.*)$/.exec(line) ?? [];
    log[levelOf(severity, follower.routine)]({ severity }, `postgres: ${message}`);
  });
  return follower;
}

function levelOf(severity: string, routine: boolean): 'debug' | 'info' | 'warn' | 'error' {
  if (severity === 'PANIC') return 'error';
  if (routine) return 'debug';
  return severity === 'LOG' ? 'info' : 'warn';
}
