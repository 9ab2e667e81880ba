import type pg from 'pg';
import { Exchange } from './exchange.ts';
import { inOneWrite } from './one-write.ts';
import type { Statement } from './statement.ts';

/** One statement over one connection, by itself. */
export function send(
  client: pg.ClientBase,
  statement: Statement,
  parameters: readonly unknown[],
): Promise<unknown[]> {
  const exchange = new Exchange();
  const answered = exchange.ask(statement, parameters);
  inOneWrite(client);
  client.query(exchange);
  return answered;
}
