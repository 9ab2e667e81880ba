import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import type { Logger } from 'pino';
import { endWithin } from './end-within.ts';
import { DatabaseBusy, isRetryable, translated } from './errors.ts';
import { FairShare } from './fair-share.ts';
import { Pipeline } from './pipeline.ts';
import { send } from './send.ts';
import { beginningWith, type ConnectionSettings, type Pooler } from './session.ts';
import { type Sql, type Statement, statement } from './statement.ts';
import { Broken, inTransaction, type Open, type Run } from './transaction.ts';
import { columnTypes } from './types.ts';

export interface Database {
  /**
   * Each statement by itself, one round trip: the short ones pipelined over a few shared connections, scans on
   * connections of their own, so that no one waits behind another's long list; what is written directly, too.
   */
  readonly read: Sql;
  /**
   * One transaction: all of `work` or nothing. Runs `work` anew when another transaction got in the way. No company
   * has all the connections: `share` says whose this is, a company's or that of all who have not said who they are.
   * Without it, it is the server's own work, which waits longer.
   */
  transaction<T>(work: (tx: Sql) => Promise<T>, share?: number | 'strangers'): Promise<T>;
  /** Whether statements that are transactions by themselves are sent here: not by a pooler, nor to distributed tables. */
  readonly writesDirectly: boolean;
  /** A connection of one's own, for what must not be pipelined (migrations). */
  connect(): Promise<pg.Client>;
  /** Whether a statement is answered just now. */
  reachable(): Promise<boolean>;
  /** Milliseconds that a short statement waits at present, as far as is known. */
  delay(): number;
  close(): Promise<void>;
}

const READERS = 2;
const WRITERS = 3;
/** Statements under way on all of them. */
const DIRECT_WRITES = 48;
const DIRECT_WRITES_OF_A_COMPANY = 36;
const WAITING_WRITES = 500;
/** Behind it others wait that have nothing to do with the lock. */
const PATIENCE_WITH_LOCKS = '20ms';
/** Instead, where statements may not be sent before others are answered. */
const POOLED_READERS = 8;
const WAITING_READS = 500;
const SCANNERS = 6;
const SCANS_OF_A_COMPANY = 3;
const WAITING_SCANS = 300;
const TRANSACTIONS = 8;
/** What one process may open of a PostgreSQL without a pooler. */
export const MOST_CONNECTIONS = READERS + WRITERS + SCANNERS + TRANSACTIONS;
const TRANSACTIONS_OF_A_COMPANY = 6;
const WAITING_TRANSACTIONS = 500;
/** Milliseconds that a list or a transaction waits for the others. */
const PATIENCE_IN_LINE = 500;
/** Of that: they are soon done, and whoever comes when there are too many is told so soon. */
const PATIENCE_OF_DIRECT_WRITES = 0.6;
/** As long waits the server's own work, which nobody sends anew. */
const PATIENCE_OF_OWN_WORK = 10_000;
const ATTEMPTS = 6;
const PATIENCE_TO_CONNECT = 3_000;
const PATIENCE_AT_CLOSE = 2_000;
const ping = statement({ name: 'database.ping', text: 'select 1', parameters: [], scope: 'server' });

/** What is known of the database beforehand. */
export interface DatabaseTraits {
  pooler?: Pooler;
  /** By Citus, which makes its plans for the values it is given. */
  distributed?: boolean;
}

function configOf(settings: ConnectionSettings, pooler: Pooler, ...given: string[]): pg.ClientConfig {
  return {
    ...(pooler === 'none' ? beginningWith(settings, given) : settings),
    types: columnTypes,
    application_name: 'headwater',
    connectionTimeoutMillis: PATIENCE_TO_CONNECT,
    keepAlive: true,
  };
}

/** One connection, for whoever has to look at the database before it is opened. */
export async function connectTo(
  settings: ConnectionSettings,
  { pooler = 'none' }: Pick<DatabaseTraits, 'pooler'>,
  lost: (error: Error) => void = () => {},
): Promise<pg.Client> {
  const client = new pg.Client(configOf(settings, pooler));
  client.on('error', lost);
  await client.connect();
  return client;
}

/** Opens no connection yet; the first statement does. `patience`: milliseconds that a list or a transaction waits for the others. */
export function openDatabase(
  settings: ConnectionSettings,
  log: Logger,
  { pooler = 'none', distributed = false }: DatabaseTraits = {},
  patience = PATIENCE_IN_LINE,
): Database {
  const pooled = pooler === 'transaction';
  const config = (...given: string[]) => configOf(settings, pooler, ...given);
  // Short statements find their rows by a key, whatever the values: planning each call anew costs more than running it.
  const anyValues = 'plan_cache_mode=force_generic_plan';
  const planned = distributed ? config() : config(anyValues);
  // A list reads little or much by what it is asked: a plan for any values was measured up to ten times slower.
  const chosen = config('plan_cache_mode=force_custom_plan');
  let closing = false;
  const lost = (error: Error) => {
    if (!closing) log.warn({ code: (error as { code?: string }).code }, 'a database connection was lost');
  };
  const readers = pooled ? [] : Array.from({ length: READERS }, () => new Pipeline(planned, lost));
  const hasty = config(anyValues, `lock_timeout=${PATIENCE_WITH_LOCKS}`);
  const writesDirectly = !pooled && !distributed;
  const writers = writesDirectly ? Array.from({ length: WRITERS }, () => new Pipeline(hasty, lost)) : [];
  // PgBouncer before 1.21 takes a connection away when one of several pipelined statements is answered, if the next one
  // has come in half. Within a transaction it does not.
  const unpipelined = new pg.Pool({ ...config(), max: POOLED_READERS });
  const pool = new pg.Pool({ ...planned, pipeline: true, max: TRANSACTIONS } as pg.PoolConfig);
  // The pool hears idle connections only; one that is lost while it works tells its statements, and this process
  // would end if nobody listened.
  const scanners = new pg.Pool({ ...chosen, max: SCANNERS });
  const busy = new Set<pg.PoolClient>();
  // What a transaction's work asks for beside it comes into it here: it would wait for a connection that other such
  // transactions hold, while they wait for this one's.
  const around = pooled ? new AsyncLocalStorage<Open>() : undefined;
  // A name would be another connection's the next time.
  const as = (statement: Statement): Statement => (pooled ? { ...statement, name: '' } : statement);
  for (const each of [unpipelined, pool, scanners]) {
    each.on('connect', (client) => client.on('error', lost));
    each.on('error', () => {});
  }
  const scans = new FairShare({
    all: SCANNERS,
    each: SCANS_OF_A_COMPANY,
    waiting: WAITING_SCANS,
    patience,
  });
  const directWrites = new FairShare({
    all: DIRECT_WRITES,
    each: DIRECT_WRITES_OF_A_COMPANY,
    waiting: WAITING_WRITES,
    patience: patience * PATIENCE_OF_DIRECT_WRITES,
  });
  const unpipelinedReads = new FairShare({
    all: POOLED_READERS,
    each: POOLED_READERS,
    waiting: WAITING_READS,
    patience,
  });
  const transactions = new FairShare({
    all: TRANSACTIONS,
    each: TRANSACTIONS_OF_A_COMPANY,
    waiting: WAITING_TRANSACTIONS,
    patience,
  });

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

  const attempt = <T>(work: (tx: Sql) => Promise<T>): Promise<T> =>
    borrow(pool, (client) =>
      inTransaction(client, as, (tx, open) => (around ? around.run(open, () => work(tx)) : work(tx))),
    );

  const meant = (error: unknown): never => {
    throw translated(error);
  };
  const on =
    (connections: pg.Pool): Run =>
    (statement, parameters) =>
      borrow(connections, (client) => send(client, as(statement), parameters));
  const scan: Run = (statement, parameters) =>
    scans.run(parameters[0], () => on(scanners)(statement, parameters)).catch(meant);
  const least = (pipelines: Pipeline[]) =>
    pipelines.reduce((least, one) => (one.pending < least.pending ? one : least));
  const pipelined: Run = (statement, parameters) => least(readers).run(statement, parameters);
  const written: Run = (statement, parameters) =>
    directWrites.run(parameters[0], () => least(writers).run(statement, parameters));
  const oneByOne: Run = (statement, parameters) =>
    unpipelinedReads.run(parameters[0], () => on(unpipelined)(statement, parameters)).catch(meant);
  const short = pooled ? oneByOne : pipelined;

  const read: Sql = {
    run(statement, parameters) {
      const open = around?.getStore();
      const alone = statement.direct ? written : statement.scan ? scan : short;
      const run = open && !open.isOver() ? open.run : alone;
      return run(statement, parameters) as never;
    },
    write() {
      throw new Error('a statement whose answer nobody needs belongs in a transaction');
    },
  };
  return {
    read,
    async transaction(work, share) {
      const repeated = async () => {
        for (let tries = 1; ; tries++) {
          try {
            return await attempt(work);
          } catch (error) {
            if (tries === ATTEMPTS || !isRetryable(error)) throw translated(error);
          }
        }
      };
      return share === undefined
        ? transactions.run('own', repeated, PATIENCE_OF_OWN_WORK)
        : transactions.run(share, repeated);
    },
    writesDirectly,
    connect: () => connectTo(settings, { pooler }, lost),
    reachable: () =>
      read.run(ping, []).then(
        () => true,
        () => false,
      ),
    delay: () => (readers.length === 0 ? 0 : Math.min(...readers.map((reader) => reader.delay()))),
    async close() {
      closing = true;
      await Promise.all([
        ...[...busy].map((client) => endWithin(client, PATIENCE_AT_CLOSE)),
        unpipelined.end(),
        pool.end(),
        scanners.end(),
        ...[...readers, ...writers].map((pipeline) => pipeline.close(PATIENCE_AT_CLOSE)),
      ]);
    },
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'timeout exceeded when trying to connect';
}
