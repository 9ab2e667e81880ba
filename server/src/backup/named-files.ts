import type pg from 'pg';
import type { Table } from './catalog.ts';

/** The files that rows name: customers' photos. */
export async function namedFiles(
  client: pg.ClientBase,
  tables: Table[],
): Promise<{ key: string; type: string }[]> {
  const customer = tables.find(({ name }) => name === 'customer');
  // An older Headwater's customers have none yet.
  if (!customer?.columns.includes('photo_key')) return [];
  const { rows } = await client.query<{ key: string; type: string }>(
    'select photo_key as key, photo_type as type from public.customer where photo_key is not null order by photo_key',
  );
  return rows;
}
