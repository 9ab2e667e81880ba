import pg from 'pg';
import { inOneWrite } from './one-write.ts';
import type { ColumnType, Statement } from './statement.ts';

/** One statement over one connection. By its name, if it has one: then it is parsed and planned there once. */
export function send(
  client: pg.ClientBase,
  statement: Statement,
  parameters: readonly unknown[],
): Promise<unknown[]> {
  const { name, text } = statement as Statement<readonly ColumnType[]>;
  return new Promise((resolve, reject) => {
    // Made here: of a configuration the driver makes two copies and two more promises.
    const query = new pg.Query(
      text,
      parameters as unknown[],
      (error: Error | undefined, result: { rows: unknown[] }) =>
        error ? reject(error) : resolve(result.rows),
    );
    if (name) (query as { name?: string }).name = name;
    inOneWrite(client);
    client.query(query);
  });
}
