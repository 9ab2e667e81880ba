import pg from 'pg';
import type { Logger } from 'pino';
import { endWithin } from './end-within.ts';
import { DatabaseBusy, isAborted, isRetryable, translated } from './errors.ts';
import { FairShare } from './fair-share.ts';
import { Reader } from './reader.ts';
import { send } from './send.ts';
import { type Sql, type Statement, statement } from './statement.ts';
import { columnTypes } from './types.ts';

export type ConnectionSettings =
  | { connectionString: string }
  | { host: string; port: number; user: string; database: string };

export interface Database {
  /**
   * Each statement by itself, one round trip: the short ones pipelined over a few shared connections, scans on
   * connections of their own, so that no one waits behind another's long list.
   */
  readonly read: Sql;
  /**
   * One transaction: all of `work` or nothing. Runs `work` anew when another transaction got in the way. No company
   * has all the connections: `companyId` says whose share this is.
   */
  transaction<T>(work: (tx: Sql) => Promise<T>, companyId?: number): Promise<T>;
  /** A connection of one's own, for what must not be pipelined (migrations). */
  connect(): Promise<pg.Client>;
  /** Whether a statement is answered just now. */
  reachable(): Promise<boolean>;
  close(): Promise<void>;
}

const READERS = 2;
const SCANNERS = 6;
const SCANS_OF_A_COMPANY = 3;
const WAITING_SCANS = 50;
const TRANSACTIONS = 10;
const TRANSACTIONS_OF_A_COMPANY = 7;
const WAITING_TRANSACTIONS = 500;
/** Milliseconds that a list or a transaction waits for its company's others. */
const PATIENCE_IN_LINE = 10_000;
const ATTEMPTS = 6;
const PATIENCE_AT_CLOSE = 2_000;
const ping = statement({ name: 'database.ping', text: 'select 1', parameters: [], scope: 'server' });

/** Opens no connection yet; the first statement does. Statement time limits are in milliseconds. */
export function openDatabase(
  settings: ConnectionSettings,
  log: Logger,
  limits = { statement: 10_000, connect: 3_000 },
): Database {
  const options = `-c statement_timeout=${limits.statement} -c idle_in_transaction_session_timeout=${limits.statement * 2} -c TimeZone=UTC`;
  const config: pg.ClientConfig = {
    ...settings,
    types: columnTypes,
    application_name: 'headwater',
    connectionTimeoutMillis: limits.connect,
    keepAlive: true,
    options,
  };
  // Short statements find their rows by a key, whatever the values: planning each call anew costs more than running it.
  const planned: pg.ClientConfig = { ...config, options: `${options} -c plan_cache_mode=force_generic_plan` };
  // A list reads little or much by what it is asked: a plan for any values was measured up to ten times slower.
  const chosen: pg.ClientConfig = { ...config, options: `${options} -c plan_cache_mode=force_custom_plan` };
  let closing = false;
  const lost = (error: Error) => {
    if (!closing) log.warn({ code: (error as { code?: string }).code }, 'a database connection was lost');
  };
  const readers = Array.from({ length: READERS }, () => new Reader(planned, lost));
  const pool = new pg.Pool({ ...planned, pipeline: true, max: TRANSACTIONS } as pg.PoolConfig);
  // The pool hears idle connections only; one that is lost while it works tells its statements, and this process
  // would end if nobody listened.
  const scanners = new pg.Pool({ ...chosen, max: SCANNERS });
  const busy = new Set<pg.PoolClient>();
  for (const each of [pool, scanners]) {
    each.on('connect', (client) => client.on('error', lost));
    each.on('error', () => {});
  }
  const scans = new FairShare(SCANS_OF_A_COMPANY, WAITING_SCANS, PATIENCE_IN_LINE);
  const transactions = new FairShare(TRANSACTIONS_OF_A_COMPANY, WAITING_TRANSACTIONS, PATIENCE_IN_LINE);

  async function borrow<T>(from: pg.Pool, use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await from.connect().catch((error) => {
      // A pool that is full says the same as a database that does not answer; the difference is the caller's status.
      const full = from.totalCount >= from.options.max && from.idleCount === 0;
      throw full && isTimeout(error) ? new DatabaseBusy() : error;
    });
    busy.add(client);
    let broken: unknown;
    try {
      return await use(client);
    } catch (error) {
      if (error instanceof Broken) broken = error;
      throw error instanceof Broken ? error.cause : error;
    } finally {
      busy.delete(client);
      client.release(broken !== undefined);
    }
  }

  const once = <T>(work: (tx: Sql) => Promise<T>): Promise<T> =>
    borrow(pool, async (client) => {
      let over = false;
      // Statements that were sent together fail one after another, the later ones only because the first one did.
      let failure: unknown;
      const begun = client.query('begin');
      begun.catch(() => {});
      const run = async (statement: Statement, parameters: readonly unknown[]) => {
        // A branch of `work` may still run when another one failed: behind the rollback it would write by itself.
        if (over) throw new Error('the transaction is over');
        return send(client, statement, parameters).catch((error) => {
          failure ??= error;
          throw error;
        });
      };
      try {
        const result = await work({ run: run as never });
        over = true;
        await begun;
        const { command } = await client.query('commit');
        if (command !== 'COMMIT')
          throw new Error('a verb went on after a failed statement; nothing was kept');
        return result;
      } catch (thrown) {
        over = true;
        const error = isAborted(thrown) ? failure : thrown;
        await client.query('rollback').catch(() => {
          throw new Broken(error);
        });
        throw error;
      }
    });

  const scan = (statement: Statement, parameters: readonly unknown[]) =>
    scans
      .run(parameters[0], () => borrow(scanners, (client) => send(client, statement, parameters)))
      .catch((error) => {
        throw translated(error);
      });

  const read: Sql = {
    run: (statement, parameters) =>
      (statement.scan
        ? scan(statement, parameters)
        : readers
            .reduce((least, reader) => (reader.pending < least.pending ? reader : least))
            .run(statement, parameters)) as never,
  };
  return {
    read,
    async transaction(work, companyId) {
      const repeated = async () => {
        for (let attempt = 1; ; attempt++) {
          try {
            return await once(work);
          } catch (error) {
            if (attempt === ATTEMPTS || !isRetryable(error)) throw translated(error);
          }
        }
      };
      return companyId === undefined ? repeated() : transactions.run(companyId, repeated);
    },
    async connect() {
      const client = new pg.Client(config);
      client.on('error', lost);
      await client.connect();
      return client;
    },
    reachable: () =>
      read.run(ping, []).then(
        () => true,
        () => false,
      ),
    async close() {
      closing = true;
      await Promise.all([
        ...[...busy].map((client) => endWithin(client, PATIENCE_AT_CLOSE)),
        pool.end(),
        scanners.end(),
        ...readers.map((reader) => reader.close(PATIENCE_AT_CLOSE)),
      ]);
    },
  };
}

/** A connection whose state is not known any more; `cause` is what went wrong first. */
class Broken extends Error {
  constructor(cause: unknown) {
    super('the connection is broken', { cause });
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'timeout exceeded when trying to connect';
}
