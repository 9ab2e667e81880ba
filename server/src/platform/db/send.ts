import type pg from 'pg';
import type { ColumnType, Statement } from './statement.ts';

/** One statement over one connection. By its name, if it has one: then it is parsed and planned there once. */
export async function send(
  client: pg.ClientBase,
  statement: Statement,
  parameters: readonly unknown[],
): Promise<unknown[]> {
  const { name, text } = statement as Statement<readonly ColumnType[]>;
  return (await client.query({ ...(name && { name }), text, values: parameters as unknown[] })).rows;
}
