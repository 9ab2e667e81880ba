import type { Table } from './catalog.ts';
import { damaged } from './damaged.ts';
import type { ArchivedTable } from './format.ts';

/**
 * The archive's tables that the migrations made, and the names of those that they did not: somebody kept them in the
 * schema, and their definition is not known. Refuses an archive that lacks a table or has one with other columns.
 */
export function matchingTables(
  archived: ArchivedTable[],
  made: Table[],
): { tables: ArchivedTable[]; leftOut: string[] } {
  const columns = new Map(made.map((table) => [table.name, table.columns.toSorted().join(', ')]));
  const tables = archived.filter(({ name }) => columns.has(name));
  if (tables.length < made.length) {
    const present = new Set(tables.map(({ name }) => name));
    const lacking = made.filter(({ name }) => !present.has(name)).map(({ name }) => name);
    throw damaged(`it lacks the tables ${lacking.join(', ')}`);
  }
  for (const table of tables) {
    const has = table.columns.toSorted().join(', ');
    const wants = columns.get(table.name)!;
    if (has !== wants) {
      throw new Error(
        `The table ${table.name} has the columns ${has} in the archive, and the migrations make ${wants}: it was ` +
          'changed by hand. Take the additional columns away where the backup is made, or bring the missing ones back.',
      );
    }
  }
  return { tables, leftOut: archived.filter(({ name }) => !columns.has(name)).map(({ name }) => name) };
}
