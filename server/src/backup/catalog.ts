import pg from 'pg';

export interface Table {
  name: string;
  /** Those that are written: generated ones follow from them. */
  columns: string[];
}

/**
 * The tables whose rows outlive a crash, by name. Unlogged ones hold what may be forgotten; an extension's are made with
 * it; a name that no migration would give is of a table that somebody else keeps in the schema.
 */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name, array(
      select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by a.attnum) as columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
      and c.relname ~ '^[a-z_][a-z0-9_]*$'
      and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relname collate "C"`);
  return rows;
}

/** The sequences of those tables. */
export async function sequencesOf(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select distinct s.relname::text as name
    from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S' and s.relpersistence = 'p'
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
      and s.relnamespace = 'public'::regnamespace
    order by 1`);
  return rows.map(({ name }) => name);
}

export interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

export async function foreignKeysOf(client: pg.ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(`
    select t.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class t on t.oid = k.conrelid
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conparentid = 0
    order by 1, 2`);
  return rows;
}

/** A table or sequence of the schema, as SQL names it. */
export function spelt(name: string): string {
  return `public.${pg.escapeIdentifier(name)}`;
}

export function speltColumns(columns: string[]): string {
  return columns.map((name) => pg.escapeIdentifier(name)).join(', ');
}
