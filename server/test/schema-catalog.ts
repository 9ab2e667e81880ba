import type pg from 'pg';

/** The tables that belong to the whole server, each with the reason why it may. */
export const SERVER_TABLES: Record<string, string> = {
  company: 'the companies themselves',
  account_email: 'one email is one account on the whole server',
  sign_in_attempt: 'who fails to sign in has no company',
  migration: 'the schema is everyone’s',
};
export const serverTables: ReadonlySet<string> = new Set(Object.keys(SERVER_TABLES));

/** Every other table: its rows belong to a company each. */
export async function tenantTables(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ relname: string }>(`
    select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`);
  return new Set(rows.map(({ relname }) => relname).filter((name) => !serverTables.has(name)));
}
