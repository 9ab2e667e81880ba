import type pg from 'pg';

/** The tables that belong to the whole server, each with the reason why it may. */
export const SERVER_TABLES: Record<string, string> = {
  company: 'the companies themselves',
  account_email: 'one email is one account on the whole server',
  sign_in_attempt: 'who fails to sign in has no company',
  process_demand: 'processes serve every company; their limits are the server’s',
  use_count: 'limits of the server, by digests of keys',
  migration: 'the schema is everyone’s',
};
export const serverTables: ReadonlySet<string> = new Set(Object.keys(SERVER_TABLES));

/** Every other table: its rows belong to a company each. */
export async function tenantTables(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ relname: string }>(`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`);
  return new Set(rows.map(({ relname }) => relname).filter((name) => !serverTables.has(name)));
}

/** The number of the column company_id in each of those, by the table's OID. */
export async function companyColumns(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const tenants = await tenantTables(client);
  const { rows } = await client.query<{ oid: string; name: string; number: string }>(`
    select c.oid::int8::text as oid, c.relname as name, a.attnum::text as number
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'company_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`);
  return new Map(rows.filter(({ name }) => tenants.has(name)).map(({ oid, number }) => [oid, number]));
}
