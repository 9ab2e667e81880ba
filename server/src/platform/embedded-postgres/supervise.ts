import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/** A process that may end by itself. */
export interface Supervised {
  /** Settles when it has ended, with the reason in words. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

export interface Supervision {
  /** Settles, with the reason, when it ended too often to go on. */
  readonly failed: Promise<Error>;
  stop(): Promise<void>;
}

const firstPauseMs = 50;
const longestPauseMs = 5_000;
const windowMs = 60_000;
const failuresToGiveUp = 5;

/**
 * Starts the process again, after a pause that doubles, whenever it ends unasked; gives up at the fifth
 * failure within a minute. `start` is to leave nothing running when it rejects.
 */
export function supervise(
  first: Supervised,
  start: (signal: AbortSignal) => Promise<Supervised>,
  log: Logger,
): Supervision {
  const stopping = new AbortController();
  const { signal } = stopping;
  const failed = Promise.withResolvers<Error>();
  let current: Supervised | undefined = first;

  async function keepRunning(): Promise<void> {
    const failures: number[] = [];
    while (!signal.aborted) {
      const reason: string | undefined = current ? await current.exited : await whyNotRestarted();
      if (signal.aborted || reason === undefined) continue;
      current = undefined;
      const now = performance.now();
      failures.push(now);
      while (failures[0]! < now - windowMs) failures.shift();
      log.error({ reason, failures: failures.length }, 'PostgreSQL ended unexpectedly');
      if (failures.length >= failuresToGiveUp) {
        failed.resolve(new Error(`PostgreSQL could not be kept running: ${reason}`));
        return;
      }
      const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures.length - 1));
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  async function whyNotRestarted(): Promise<string | undefined> {
    try {
      current = await start(signal);
      log.info('PostgreSQL runs again');
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  const kept = keepRunning();
  return {
    failed: failed.promise,
    async stop() {
      stopping.abort(new Error('The cluster is being stopped.'));
      await current?.stop();
      await kept;
      // One that was just being started again.
      await current?.stop();
    },
  };
}
