import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { errorCode } from './error-code.ts';

const pauseMs = 5;
const attemptMs = 5_000;
const sayEveryMs = 5_000;
/** No socket yet, nobody at it yet, gone again; cannot_connect_now: starting up, recovering, stopping. */
const notYet = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P03'];

/**
 * Connects as soon as PostgreSQL lets us, which after a crash is when it has replayed its log. Rejects with
 * the signal's reason when that is aborted, or with an error that waiting will not cure.
 */
export async function waitUntilAccepting(
  config: pg.ClientConfig,
  log: Logger,
  signal: AbortSignal,
): Promise<pg.Client> {
  let nextWord = performance.now() + sayEveryMs;
  for (;;) {
    signal.throwIfAborted();
    const client = new pg.Client({ ...config, connectionTimeoutMillis: attemptMs });
    client.on('error', (error) => log.debug({ err: error }, 'the first connection to PostgreSQL broke'));
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isNotYet(error)) throw error;
    }
    if (performance.now() > nextWord) {
      log.info('PostgreSQL is still starting; after a crash it first replays its log');
      nextWord += sayEveryMs;
    }
    await sleep(pauseMs);
  }
}

function isNotYet(error: unknown): boolean {
  if (notYet.includes(errorCode(error) ?? '')) return true;
  return error instanceof Error && /^(Connection terminated|timeout expired)/.test(error.message);
}
