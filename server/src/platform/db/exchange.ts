import pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';
import { isRetryable, isUnprepared, Unprepared } from './errors.ts';
import type { Statement } from './statement.ts';
import { columnTypes } from './types.ts';

interface Column {
  name: string;
  parse: (text: string) => unknown;
}

/** A statement as a connection has prepared it. */
interface Prepared {
  columns: Column[];
}

interface Asked {
  statement: Statement;
  values: unknown[];
  prepared: Prepared | undefined;
  /** Whether it was parsed in this exchange. */
  fresh: boolean;
  rows: unknown[];
  resolve: (rows: unknown[]) => void;
  reject: (error: unknown) => void;
}

/** The driver's side of the wire, as far as it is used here. */
interface Connection {
  stream: { cork(): void; uncork(): void };
  close(what: { type: 'S'; name: string }): void;
  parse(what: { name: string; text: string }): void;
  describe(what: { type: 'S'; name: string }): void;
  bind(what: { statement: string; values: unknown[] }): void;
  execute(): void;
  sync(): void;
}

const preparedBy = new WeakMap<Connection, Map<string, Prepared>>();

/**
 * Statements that go to PostgreSQL together, behind one Sync, and are answered in one piece: one by one, each would wake
 * PostgreSQL and then this process. If one fails, those behind it are not run, and all fail with its error: without a
 * `begin` they are one transaction. A statement with a name is parsed and described once a connection.
 */
export class Exchange {
  /** Of the last statement that was answered: COMMIT, ROLLBACK, INSERT 0 1. */
  tag = '';
  readonly #asked: Asked[] = [];
  #answered = 0;
  /** Why a row could not be read. */
  #unreadable: unknown;

  /** Adds a statement and answers its rows. Not to be called after the exchange was sent. */
  ask(statement: Statement, parameters: readonly unknown[]): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const values = parameters.map((parameter) => prepareValue(parameter));
      this.#asked.push({ statement, values, prepared: undefined, fresh: false, rows: [], resolve, reject });
    });
  }

  submit(driver: pg.Connection): null {
    const connection = driver as unknown as Connection;
    const known = preparedBy.get(connection) ?? new Map<string, Prepared>();
    preparedBy.set(connection, known);
    connection.stream.cork();
    for (const asked of this.#asked) {
      const { name, text } = asked.statement;
      asked.prepared = known.get(name);
      if (!asked.prepared) {
        asked.prepared = { columns: [] };
        asked.fresh = true;
        if (name) {
          known.set(name, asked.prepared);
          // It may be there: of one that failed nobody knows. To close what is not there does nothing.
          connection.close({ type: 'S', name });
        }
        connection.parse({ name, text });
        connection.describe({ type: 'S', name });
      }
      connection.bind({ statement: name, values: asked.values });
      connection.execute();
    }
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    this.#asked[this.#answered]!.prepared!.columns = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: columnTypes.getTypeParser(dataTypeID, 'text'),
    }));
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { prepared, rows } = this.#asked[this.#answered]!;
    try {
      rows.push(rowOf(prepared!.columns, fields));
    } catch (error) {
      // Thrown from here it would end the process.
      this.#unreadable ??= error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.tag = text;
    this.#answered++;
  }

  handleReadyForQuery(): void {
    for (const { resolve, reject, rows } of this.#asked) {
      if (this.#unreadable) reject(this.#unreadable);
      else resolve(rows);
    }
  }

  /** All of it fails: what was answered already is undone, or would be part of a transaction that is. */
  handleError(error: unknown, driver: unknown): void {
    const known = preparedBy.get(driver as Connection);
    const failed = this.#asked[this.#answered];
    const forgotten = failed && !failed.fresh && known?.get(failed.statement.name) !== failed.prepared;
    // It relied on one that was sent before it, and failed to prepare it.
    const reason = forgotten && isUnprepared(error) ? new Unprepared(error) : error;
    this.#asked.forEach(({ statement, prepared, fresh, reject }, at) => {
      const doubtful =
        (at === this.#answered && (fresh || !isRetryable(error))) || (fresh && at > this.#answered);
      if (doubtful && known?.get(statement.name) === prepared) known?.delete(statement.name);
      reject(reason);
    });
  }
}

function rowOf(columns: Column[], fields: (string | null)[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < fields.length; at++) {
    const text = fields[at]!;
    const { name, parse } = columns[at]!;
    row[name] = text === null ? null : parse(text);
  }
  return row;
}

// The driver lets no other class than its own onto a pipelined connection. Ours passes for it and takes nothing of it.
Object.setPrototypeOf(Exchange.prototype, pg.Query.prototype);
