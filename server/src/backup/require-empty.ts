import type pg from 'pg';
import { migrationDigests, migrationState } from '../platform/db/migrate.ts';
import { spelt, tablesOf } from './catalog.ts';
import type { End } from './format.ts';

const ADVICE =
  'Give the restore a data folder of its own (HEADWATER_DATA_DIR), or an empty database (DATABASE_URL).';

/** Refuses a database that anything would be lost from, or that is not on the way to what the archive was. */
export async function requireEmpty(client: pg.Client, { migrations }: End): Promise<void> {
  const holding: string[] = [];
  for (const { name } of await tablesOf(client)) {
    if (name === 'migration') continue;
    const { rows } = await client.query<{ it: boolean }>(`select exists (select from ${spelt(name)}) as it`);
    if (rows[0]!.it) holding.push(name);
  }
  if (holding.length > 0) {
    throw new Error(`The database holds data already (${holding.slice(0, 5).join(', ')}). ${ADVICE}`);
  }
  const archived = new Set(migrations.map(({ name }) => name));
  const { pending, unknown, changed } = await migrationState(client);
  const known = [...(await migrationDigests()).keys()];
  const later = [...known, ...unknown].filter((name) => !pending.includes(name) && !archived.has(name));
  if (later.length > 0 || changed.length > 0) {
    const which = [...later, ...changed].join(', ');
    throw new Error(`The database was migrated by what the archive does not have (${which}). ${ADVICE}`);
  }
}
