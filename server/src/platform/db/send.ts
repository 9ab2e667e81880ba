import type pg from 'pg';
import type { ColumnType, Statement } from './statement.ts';

/** One statement over one connection, by its name: parsed and planned there once. */
export async function send(
  client: pg.ClientBase,
  statement: Statement,
  parameters: readonly unknown[],
): Promise<unknown[]> {
  const { name, text } = statement as Statement<readonly ColumnType[]>;
  return (await client.query({ name, text, values: parameters as unknown[] })).rows;
}
