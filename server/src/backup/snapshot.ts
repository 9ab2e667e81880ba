import type pg from 'pg';
import { spelt, type Table, tablesOf } from './catalog.ts';
import { requireBackable } from './require-backable.ts';
import { setTextForm } from './text-form.ts';

/**
 * Begins a transaction in which all tables stand as they are at one moment, and answers them; refuses a database that
 * could not be restored. Writers go on; only a migration waits for its end.
 */
export async function beginSnapshot(client: pg.Client): Promise<Table[]> {
  const before = await tablesOf(client);
  await client.query('begin isolation level repeatable read, read only');
  await client.query('set local statement_timeout = 0');
  // Locked before the snapshot is taken, which the next statement does: a table that is rewritten after that is empty
  // to an older snapshot.
  if (before.length > 0) {
    await client.query(`lock table ${before.map(({ name }) => spelt(name)).join(', ')} in access share mode`);
  }
  await setTextForm(client);
  const tables = await tablesOf(client);
  if (JSON.stringify(tables) !== JSON.stringify(before)) {
    throw new Error('The database is being migrated just now. Try again when that is done.');
  }
  await requireBackable(client);
  return tables;
}
