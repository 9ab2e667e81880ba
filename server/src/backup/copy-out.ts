import type pg from 'pg';
// Of node-postgres' own makers: PostgreSQL's COPY as a stream, so that no table has to fit into memory.
import { to as copyTo } from 'pg-copy-streams';
import { spelt, speltColumns, type Table } from './catalog.ts';

/** A table's rows in COPY's text form. Once begun, it has to be read to its end, or the connection given up. */
export function copyOut(client: pg.ClientBase, { name, columns }: Table): AsyncIterable<Buffer> {
  return client.query(copyTo(`copy ${spelt(name)} (${speltColumns(columns)}) to stdout`));
}
