import { migrationDigests } from '../platform/db/migrate.ts';
import type { Archive } from './check-archive.ts';

/** Refuses an archive whose tables this Headwater would not make as they were. */
export async function requireKnown({ head, end }: Archive): Promise<void> {
  const known = await migrationDigests();
  const unknown = end.migrations.filter(({ name }) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(
      `The archive is of a newer Headwater (${head.headwater}; ${names(unknown)}). Restore it with that version.`,
    );
  }
  const changed = end.migrations.filter(({ name, digest }) => known.get(name) !== digest);
  if (changed.length > 0) {
    throw new Error(
      `${names(changed)} is not what the archive's database was migrated with. Bring the released file back.`,
    );
  }
}

const names = (migrations: { name: string }[]) => migrations.map(({ name }) => name).join(', ');
