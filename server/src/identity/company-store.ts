import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';

const insert = statement({
  name: 'company.insert',
  text: 'insert into company (identifier, name) values ($1, $1) on conflict (identifier) do nothing returning id',
  parameters: ['text'],
  row: { id: 'int4' },
  scope: 'server',
});

const first = statement({
  name: 'company.first',
  text: 'select c.id, c.identifier from company c order by c.id limit 1',
  parameters: [],
  row: { id: 'int4', identifier: 'text' },
  scope: 'server',
});

const firstAdmin = statement({
  name: 'company.first-admin',
  text: `
    select a.email from crm_user u join account a on a.company_id = u.company_id and a.id = u.account_id
    where u.company_id = $1 and 'super_admin' = any (u.roles)
    order by u.created_at, u.account_id limit 1`,
  parameters: ['int4'],
  row: { email: 'text' },
});

const lockAll = statement({
  name: 'company.lock-all',
  text: 'lock table company in share row exclusive mode',
  parameters: [],
  scope: 'server',
});

const byId = statement({
  name: 'company.by-id',
  text: 'select c.id, c.identifier, c.name, c.timezone from company c where c.id = $1',
  parameters: ['int4'],
  row: { id: 'int4', identifier: 'text', name: 'text', timezone: 'text' },
  scope: 'server',
});

const insertFirstCustomer = statement({
  name: 'customer.insert-first',
  text: `
    with counted as (insert into customer_counter (company_id, last) values ($1, 1))
    insert into customer (company_id, account_id, account_type, number, username, confirmed_at)
    values ($1, $2, 'owner', 1, $3, now())`,
  parameters: ['int4', 'uuid', 'text'],
});

/** The new company's id; undefined when the identifier is taken. */
export async function insertCompany(sql: Sql, identifier: string): Promise<number | undefined> {
  return (await sql.run(insert, [identifier]))[0]?.id;
}

/** The oldest company, with the email of its first super admin. */
export async function firstCompany(
  sql: Sql,
): Promise<{ id: number; identifier: string; admin_email: string | null } | undefined> {
  const [company] = await sql.run(first, []);
  if (!company) return undefined;
  const [admin] = await sql.run(firstAdmin, [company.id]);
  return { ...company, admin_email: admin?.email ?? null };
}

export interface Company {
  id: number;
  identifier: string;
  name: string;
  /** The IANA id of the zone in which its times are meant. */
  timezone: string;
}

/** A company that is there. */
export async function companyById(sql: Sql, companyId: number): Promise<Company> {
  return (await sql.run(byId, [companyId]))[0]!;
}

/** Lets no one else make a company until the transaction ends. */
export async function lockCompanies(sql: Sql): Promise<void> {
  await sql.run(lockAll, []);
}

/** The first customer of a company, its owner. */
export async function insertOwner(
  sql: Sql,
  companyId: number,
  account: { id: string; email: string },
): Promise<void> {
  await sql.run(insertFirstCustomer, [companyId, account.id, account.email]);
}
