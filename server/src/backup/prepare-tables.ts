import pg from 'pg';
import { foreignKeysOf, spelt, type Table } from './catalog.ts';

/**
 * Makes empty tables ready to be loaded in any order. Their foreign keys are taken away until `finish`, which checks
 * each with one query: row by row it would take many times as long, and memory for every row.
 */
export async function prepareTables(
  client: pg.ClientBase,
  tables: Table[],
): Promise<{ finish(): Promise<void> }> {
  const names = tables.map(({ name }) => spelt(name)).join(', ');
  const foreignKeys = await foreignKeysOf(client);
  for (const { table, name } of foreignKeys) {
    await client.query(`alter table ${spelt(table)} drop constraint ${pg.escapeIdentifier(name)}`);
  }
  await client.query(`truncate ${names} restart identity`);
  return {
    async finish() {
      await client.query(`analyze ${names}`);
      for (const { table, name, definition } of foreignKeys) {
        await client.query(
          `alter table ${spelt(table)} add constraint ${pg.escapeIdentifier(name)} ${definition}`,
        );
      }
    },
  };
}
