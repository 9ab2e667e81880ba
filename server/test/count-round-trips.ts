import { expect, onTestFinished, vi } from 'vitest';
import type { Database } from '../src/platform/db/database.ts';
import type { Sql, Statement } from '../src/platform/db/statement.ts';
import type { Answer } from './harness.ts';

export interface Cost {
  /** How often the request waited for the database: what is sent without waiting between goes together. */
  roundTrips: number;
  transactions: number;
  /** The names of the statements, `begin` and `commit` aside. */
  statements: string[];
}

const WHO_ASKS = /^(?:identity\.actor|customer-session\.(?:by-token|actor-of-account))\./;

/**
 * What the requests of this test cost at the database, one request at a time. Looking up who asks is left out: that is
 * kept for half a second (docs/decisions/0004-actor-cache.md).
 */
export function countRoundTrips(database: Database): (request: () => Promise<unknown>) => Promise<Cost> {
  let cost: Cost;
  let waiting = 0;
  const counted =
    (run: Sql['run']): Sql['run'] =>
    async (statement, parameters) => {
      const { name } = statement as Statement;
      if (WHO_ASKS.test(name)) return run(statement, parameters);
      if (waiting === 0) cost.roundTrips++;
      waiting++;
      cost.statements.push(named(statement as Statement));
      return run(statement, parameters).finally(() => waiting--);
    };
  // It goes with what comes next, at the latest with the commit.
  const noted =
    (write: Sql['write']): Sql['write'] =>
    (statement, parameters) => {
      cost.statements.push(named(statement as Statement));
      write(statement, parameters);
    };
  const run = database.read.run.bind(database.read);
  const transaction = database.transaction.bind(database);
  const alone = vi.spyOn(database.read, 'run').mockImplementation(counted(run));
  const together = vi.spyOn(database, 'transaction').mockImplementation(((
    work: (tx: Sql) => Promise<unknown>,
  ) => {
    cost.transactions++;
    // `begin` goes with the first statements, `commit` by itself.
    cost.roundTrips++;
    return transaction((tx) => work({ run: counted(tx.run.bind(tx)), write: noted(tx.write.bind(tx)) }));
  }) as never);
  onTestFinished(() => {
    alone.mockRestore();
    together.mockRestore();
  });
  return async (request) => {
    cost = { roundTrips: 0, transactions: 0, statements: [] };
    await request();
    return cost;
  };
}

const named = ({ name }: Statement) => name.replace(/\.[0-9a-f]{10}$/, '');

/** What a request costs that is answered `success` to. */
export async function costOfAnswer(
  database: Database,
  request: () => Promise<Answer>,
  success = 200,
): Promise<Cost> {
  const cost = countRoundTrips(database);
  let status = 0;
  const found = await cost(async () => {
    ({ status } = await request());
  });
  expect(status).toBe(success);
  return found;
}
