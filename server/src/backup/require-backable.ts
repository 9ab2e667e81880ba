import type pg from 'pg';
import { isDistributed } from '../distribution/citus.ts';
import { migrationState } from '../platform/db/migrate.ts';

/** Refuses a database of which no archive could be made that this Headwater can restore. Changes nothing. */
export async function requireBackable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ migrated: boolean }>(
    "select to_regclass('public.migration') is not null as migrated",
  );
  if (!rows[0]!.migrated) {
    throw new Error(
      'The database holds nothing of Headwater: there is nothing to back up. Check HEADWATER_DATA_DIR and DATABASE_URL.',
    );
  }
  if (await isDistributed(client)) {
    throw new Error(
      'Citus has spread the tables over several machines, which have no snapshot in common. Back each of them up by the ' +
        'means of PostgreSQL, at one restore point (citus_create_restore_point).',
    );
  }
  const { unknown, changed } = await migrationState(client);
  if (unknown.length > 0) {
    throw new Error(
      `The database was migrated by a newer Headwater (${unknown.join(', ')}). Make the backup with that version.`,
    );
  }
  if (changed.length > 0) {
    throw new Error(
      `${changed.join(', ')} is not what this database was migrated with. Bring the released file back.`,
    );
  }
}
