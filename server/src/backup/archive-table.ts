import type pg from 'pg';
import type { ArchiveWriter } from './archive-writer.ts';
import type { Table } from './catalog.ts';
import { CopyDigest } from './copy-digest.ts';
import { copyOut } from './copy-out.ts';
import type { ArchivedTable } from './format.ts';

/** Large enough for few entries, small enough to be held: an entry's size has to be known before it. */
const PART = 8 * 1024 * 1024;

/** Adds a table's rows, in parts that are cut anywhere. A table without rows has none. */
export async function archiveTable(
  client: pg.ClientBase,
  table: Table,
  archive: ArchiveWriter,
): Promise<ArchivedTable> {
  const digest = new CopyDigest();
  let part: Buffer[] = [];
  let size = 0;
  let number = 0;
  const flush = async () => {
    if (size > 0) await archive.add({ kind: 'part', table: table.name, number: ++number }, part);
    part = [];
    size = 0;
  };
  for await (const chunk of digest.through(copyOut(client, table))) {
    part.push(chunk);
    size += chunk.length;
    if (size >= PART) await flush();
  }
  await flush();
  return { ...table, digest: digest.done() };
}
