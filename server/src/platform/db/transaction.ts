import type pg from 'pg';
import { isAborted } from './errors.ts';
import { Exchange } from './exchange.ts';
import { type Sql, type Statement, statement } from './statement.ts';

export type Run = (statement: Statement, parameters: readonly unknown[]) => Promise<unknown[]>;

/** A transaction, as far as who works around it has to know. */
export interface Open {
  run: Run;
  isOver(): boolean;
}

/** A connection whose state is not known any more; `cause` is what went wrong first. */
export class Broken extends Error {
  constructor(cause: unknown) {
    super('the connection is broken', { cause });
  }
}

const begin = statement({ name: 'transaction.begin', text: 'begin', parameters: [], scope: 'server' });
const commit = statement({ name: 'transaction.commit', text: 'commit', parameters: [], scope: 'server' });

/**
 * Runs `work` in one transaction of a pipelined connection, once. What it asks for in one turn of the event loop goes to
 * PostgreSQL as one exchange. `as`: how a statement is sent there. Throws Broken where the connection is of no more use.
 */
export async function inTransaction<T>(
  client: pg.ClientBase,
  as: (statement: Statement) => Statement,
  work: (tx: Sql, open: Open) => Promise<T>,
): Promise<T> {
  let over = false;
  let begun = false;
  // Behind a failure each further exchange fails too, only because the first one did.
  let failure: unknown;
  const written: Promise<unknown>[] = [];
  let gathered: Exchange | undefined;
  const flush = () => {
    if (gathered) client.query(gathered);
    gathered = undefined;
  };
  const ask: Run = (asked, parameters) => {
    if (!gathered) {
      gathered = new Exchange();
      setImmediate(flush);
    }
    if (!begun) {
      begun = true;
      written.push(quiet(gathered.ask(as(begin as Statement), [])));
    }
    return gathered.ask(as(asked), parameters);
  };
  // A branch of `work` may still run when another one failed: behind the rollback it would write by itself.
  const requireOpen = () => {
    if (over) throw new Error('the transaction is over');
  };
  const run: Run = async (asked, parameters) => {
    requireOpen();
    return ask(asked, parameters).catch((error) => {
      failure ??= error;
      throw error;
    });
  };
  const write = (asked: Statement, parameters: readonly unknown[]) => {
    requireOpen();
    written.push(quiet(run(asked, parameters)));
  };
  try {
    const result = await work({ run: run as never, write: write as never }, { run, isOver: () => over });
    over = true;
    if (!begun) return result;
    const committed = ask(commit as Statement, []);
    const last = gathered!;
    flush();
    await Promise.all([committed, ...written]);
    // Behind a statement that failed it keeps nothing, and says so.
    if (last.tag !== 'COMMIT') throw new Error('a verb went on after a failed statement; nothing was kept');
    return result;
  } catch (thrown) {
    over = true;
    const error = isAborted(thrown) ? failure : thrown;
    if (!begun) throw error;
    flush();
    await client.query('rollback').catch(() => {
      throw new Broken(error);
    });
    throw error;
  }
}

/** Its failure is heard by whoever waits for it. */
function quiet<T>(answered: Promise<T>): Promise<T> {
  answered.catch(() => {});
  return answered;
}
