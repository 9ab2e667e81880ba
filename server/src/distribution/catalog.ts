import type pg from 'pg';

export interface ForeignKey {
  name: string;
  /** As PostgreSQL spells it after `add constraint <name>`. */
  definition: string;
  columns: string[];
  target: string;
  targetColumns: string[];
  /** What it does when the row that it refers to goes sets columns to null or to their default. */
  setsColumns: boolean;
}

export interface TableShape {
  name: string;
  /** The type of its column company_id; undefined where it has none, or one that may be null. */
  company: string | undefined;
  /** Of its primary and unique keys, unique indexes and exclusion constraints, the columns; expressions are left out. */
  keys: string[][];
  foreignKeys: ForeignKey[];
  triggers: string[];
}

/** The tables of the schema, by name. */
export async function readTables(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(`
    select c.relname as name,
      (select format_type(a.atttypid, a.atttypmod) from pg_attribute a
        where a.attrelid = c.oid and a.attname = 'company_id' and a.attnotnull) as company,
      coalesce((select jsonb_agg(${namesOf('x.indrelid', 'x.indkey::int2[]')} order by i.relname)
        from pg_index x join pg_class i on i.oid = x.indexrelid
        where x.indrelid = c.oid and (x.indisunique or x.indisexclusion)), '[]') as keys,
      coalesce((select jsonb_agg(jsonb_build_object(
          'name', k.conname, 'definition', pg_get_constraintdef(k.oid),
          'columns', ${namesOf('k.conrelid', 'k.conkey')}, 'target', t.relname,
          'targetColumns', ${namesOf('k.confrelid', 'k.confkey')},
          'setsColumns', k.confdeltype in ('n', 'd')) order by k.conname)
        from pg_constraint k join pg_class t on t.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f'), '[]') as "foreignKeys",
      array(select g.tgname::text from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal) as triggers
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not exists (
        select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relname collate "C"`);
  return rows.map((row) => ({ ...row, company: row.company ?? undefined }));
}

/** SQL for the names of some columns of a table, in their order. */
function namesOf(table: string, numbers: string): string {
  return `array(select a.attname::text from unnest(${numbers}) with ordinality n(number, place)
    join pg_attribute a on a.attrelid = ${table} and a.attnum = n.number order by n.place)`;
}
