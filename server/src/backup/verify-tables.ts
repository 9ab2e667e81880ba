import type pg from 'pg';
import { digestOf } from './check-archive.ts';
import { isSame } from './copy-digest.ts';
import { copyOut } from './copy-out.ts';
import type { ArchivedTable } from './format.ts';

/** Reads every table out again: what is there has to be what the archive says, row by row and byte by byte. */
export async function verifyTables(client: pg.ClientBase, tables: ArchivedTable[]): Promise<void> {
  for (const table of tables) {
    const found = await digestOf(copyOut(client, table));
    if (isSame(found, table.digest)) continue;
    throw new Error(
      `The table ${table.name} came to ${found.rows} rows (${found.sha256}), and the archive says ` +
        `${table.digest.rows} (${table.digest.sha256}): nothing was restored.`,
    );
  }
}
