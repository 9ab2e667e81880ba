import pg from 'pg';
import type { Logger } from 'pino';
import { DatabaseAway, DatabaseBusy, isRetryable, translated } from './errors.ts';
import { type ColumnType, type Sql, type Statement, statement } from './statement.ts';
import { columnTypes } from './types.ts';

export type ConnectionSettings =
  | { connectionString: string }
  | { host: string; port: number; user: string; database: string };

export interface Database {
  /** Each statement by itself, pipelined over a few shared connections: one round trip, nothing else. */
  readonly read: Sql;
  /** One transaction: all of `work` or nothing. Runs `work` anew when another transaction got in the way. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /** A connection of one's own, for what must not be pipelined (migrations). */
  connect(): Promise<pg.Client>;
  /** Whether a statement is answered just now. */
  reachable(): Promise<boolean>;
  close(): Promise<void>;
}

const READERS = 2;
const TRANSACTIONS = 10;
const MOST_WAITING = 500;
const ATTEMPTS = 6;
const ping = statement({ name: 'database.ping', text: 'select 1', parameters: [], scope: 'server' });

/** Opens no connection yet; the first statement does. Statement time limits are in milliseconds. */
export function openDatabase(
  settings: ConnectionSettings,
  log: Logger,
  limits = { statement: 10_000, connect: 3_000 },
): Database {
  const config: pg.ClientConfig = {
    ...settings,
    types: columnTypes,
    application_name: 'headwater',
    connectionTimeoutMillis: limits.connect,
    keepAlive: true,
    options: `-c statement_timeout=${limits.statement} -c idle_in_transaction_session_timeout=${limits.statement * 2} -c TimeZone=UTC`,
  };
  let closing = false;
  const lost = (error: Error) => {
    if (!closing) log.warn({ code: (error as { code?: string }).code }, 'a database connection was lost');
  };
  const readers = Array.from({ length: READERS }, () => new Reader(config, lost));
  const pool = new pg.Pool({ ...config, pipeline: true, max: TRANSACTIONS } as pg.PoolConfig);
  // The pool hears idle connections only; one that is lost while it works tells its statements, and this process
  // would end if nobody listened.
  pool.on('connect', (client) => client.on('error', lost));
  pool.on('error', () => {});

  async function once<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    if (pool.waitingCount >= MOST_WAITING) throw new DatabaseBusy();
    const client = await pool.connect().catch((error) => {
      // A pool that is full says the same as a database that does not answer; the difference is the caller's status.
      throw pool.totalCount >= TRANSACTIONS && pool.idleCount === 0 && isTimeout(error)
        ? new DatabaseBusy()
        : error;
    });
    let broken = false;
    try {
      const begun = client.query('begin');
      begun.catch(() => {});
      const result = await work({
        run: (statement, parameters) => send(client, statement, parameters) as never,
      });
      await begun;
      const { command } = await client.query('commit');
      if (command !== 'COMMIT') throw new Error('a verb went on after a failed statement; nothing was kept');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  const read: Sql = {
    run: (statement, parameters) =>
      readers
        .reduce((least, reader) => (reader.pending < least.pending ? reader : least))
        .run(statement, parameters) as never,
  };
  return {
    read,
    async transaction(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(work);
        } catch (error) {
          if (attempt === ATTEMPTS || !isRetryable(error)) throw translated(error);
        }
      }
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
      await Promise.all([pool.end(), ...readers.map((reader) => reader.close())]);
    },
  };
}

/** One pipelined connection, opened anew after it was lost. */
class Reader {
  pending = 0;
  #client: Promise<pg.Client> | undefined;
  readonly #config: pg.ClientConfig;
  readonly #lost: (error: Error) => void;
  constructor(config: pg.ClientConfig, lost: (error: Error) => void) {
    this.#config = config;
    this.#lost = lost;
  }

  async run(statement: Statement, parameters: readonly unknown[]): Promise<unknown[]> {
    this.pending++;
    try {
      return await send(await this.#connected(), statement, parameters);
    } catch (error) {
      throw translated(error);
    } finally {
      this.pending--;
    }
  }

  async close(): Promise<void> {
    await (await this.#client?.catch(() => undefined))?.end();
  }

  #connected(): Promise<pg.Client> {
    this.#client ??= this.#open();
    return this.#client;
  }

  #open(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#config, pipeline: true } as pg.ClientConfig);
    // Its end may be heard after the next one was opened, which stays.
    const forget = () => {
      if (this.#client === opened) this.#client = undefined;
    };
    client.on('error', (error) => {
      this.#lost(error);
      forget();
    });
    client.on('end', forget);
    const opened = client.connect().then(
      () => client,
      (error) => {
        forget();
        throw new DatabaseAway(error);
      },
    );
    return opened;
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message === 'timeout exceeded when trying to connect';
}

async function send(
  client: pg.ClientBase,
  statement: Statement,
  parameters: readonly unknown[],
): Promise<unknown[]> {
  const { name, text } = statement as Statement<readonly ColumnType[]>;
  return (await client.query({ name, text, values: parameters as unknown[] })).rows;
}
