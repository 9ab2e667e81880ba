import type pg from 'pg';
import { isAborted } from './errors.ts';
import { inOneWrite } from './one-write.ts';
import type { send } from './send.ts';
import type { Sql, Statement } from './statement.ts';

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

/** Runs `work` in one transaction of a pipelined connection, once. Throws Broken where the connection is of no more use. */
export async function inTransaction<T>(
  client: pg.ClientBase,
  sent: typeof send,
  work: (tx: Sql, open: Open) => Promise<T>,
): Promise<T> {
  let over = false;
  // Statements that were sent together fail one after another, the later ones only because the first one did.
  let failure: unknown;
  inOneWrite(client);
  const begun = client.query('begin');
  begun.catch(() => {});
  const written: Promise<unknown>[] = [begun];
  // A branch of `work` may still run when another one failed: behind the rollback it would write by itself.
  const requireOpen = () => {
    if (over) throw new Error('the transaction is over');
  };
  const run: Run = async (statement, parameters) => {
    requireOpen();
    return sent(client, statement, parameters).catch((error) => {
      failure ??= error;
      throw error;
    });
  };
  const write = (statement: Statement, parameters: readonly unknown[]) => {
    requireOpen();
    const answered = run(statement, parameters);
    answered.catch(() => {});
    written.push(answered);
  };
  try {
    const result = await work({ run: run as never, write: write as never }, { run, isOver: () => over });
    over = true;
    // Behind a statement that failed it keeps nothing, and says so.
    const [{ command }] = await Promise.all([client.query('commit'), ...written]);
    if (command !== 'COMMIT') throw new Error('a verb went on after a failed statement; nothing was kept');
    return result;
  } catch (thrown) {
    over = true;
    const error = isAborted(thrown) ? failure : thrown;
    await client.query('rollback').catch(() => {
      throw new Broken(error);
    });
    throw error;
  }
}
