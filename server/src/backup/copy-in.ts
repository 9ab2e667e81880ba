import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { spelt, speltColumns, type Table } from './catalog.ts';

/**
 * Loads rows in COPY's text form into a table that was emptied or made in the same transaction: then they lie there in
 * their order, and need no visit by vacuum (`freeze`).
 */
export async function copyIn(
  client: pg.ClientBase,
  { name, columns }: Table,
  chunks: AsyncIterable<Buffer>,
): Promise<void> {
  const sql = `copy ${spelt(name)} (${speltColumns(columns)}) from stdin (freeze)`;
  await pipeline(chunks, client.query(copyFrom(sql))).catch((error) => {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new Error(`The table ${name} could not be loaded: ${error.message}.`, { cause: error });
  });
}
