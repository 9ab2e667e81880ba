import { type Sql, statement } from '../../platform/db/statement.ts';
import type { AccountType } from '../account-types.ts';
import { takeNumbers } from '../customer-store.ts';
import type { Stood } from './stood.ts';

const planAnew = statement({
  name: 'customer-import.plan-anew',
  text: 'discard plans',
  parameters: [],
  scope: 'server',
});

const hold = statement({
  name: 'customer-import.hold',
  text: `
    select count(*) as held from (
      select from customer c where c.company_id = $1 order by c.number for no key update) as h`,
  parameters: ['int4'],
  row: { held: 'int8' },
  scan: true,
});

// No join: where statistics say that there is nobody, as they do when they were taken in the middle of a large import, one
// was planned that compares each customer with each account.
const page = statement({
  name: 'customer-import.standing',
  text: `
    with standing as materialized (
      select c.account_id, c.number, c.username, c.account_type from customer c
      where c.company_id = $1 and c.number > $2 order by c.number limit $3)
    select s.account_id, s.number, lower(s.username) as username_key, s.account_type,
      (select a.active from account a where a.company_id = $1 and a.id = s.account_id) as active
    from standing s order by s.number`,
  parameters: ['int4', 'int4', 'int4'],
  row: { account_id: 'uuid', number: 'int4', username_key: 'text', account_type: 'text', active: 'bool' },
  scan: true,
});

const lowered = statement({
  name: 'customer-import.lowered',
  text: 'select lower(w.name) as key from unnest($1::text[]) with ordinality as w(name, place) order by w.place',
  parameters: ['text[]'],
  row: { key: 'text' },
  scope: 'server',
  scan: true,
});

const holders = statement({
  name: 'customer-import.holders',
  text: 'select e.email_key, e.company_id, e.account_id from account_email e where e.email_key = any($1)',
  parameters: ['text[]'],
  row: { email_key: 'text', company_id: 'int4', account_id: 'uuid' },
  scope: 'server',
  scan: true,
});

/** The account that an email leads to. */
export interface Holder {
  companyId: number;
  accountId: string;
}

/** Makes the connection forget plans of when the tables were small: they would read a table whole for each row. */
export async function planAgain(sql: Sql): Promise<void> {
  await sql.run(planAnew, []);
}

/** Until the transaction ends, nobody else makes, changes or deletes customers of the company. */
export async function holdCustomers(sql: Sql, companyId: number): Promise<void> {
  await takeNumbers(sql, companyId, 0);
  await sql.run(hold, [companyId]);
}

/** Customers by their number, from the one after `last`. */
export async function standingPage(
  sql: Sql,
  companyId: number,
  last: number,
  limit: number,
): Promise<(Stood & { usernameKey: string })[]> {
  return (await sql.run(page, [companyId, last, limit])).map((row) => ({
    accountId: row.account_id,
    number: row.number,
    usernameKey: row.username_key,
    accountType: row.account_type as AccountType,
    active: row.active,
  }));
}

/** Each as PostgreSQL has it in lower case, in their order. */
export async function loweredNames(sql: Sql, names: string[]): Promise<string[]> {
  return (await sql.run(lowered, [names])).map(({ key }) => key);
}

/** Who holds which of these emails, on the whole server. */
export async function holdersOf(sql: Sql, keys: string[]): Promise<(Holder & { key: string })[]> {
  return (await sql.run(holders, [keys])).map((row) => ({
    key: row.email_key,
    companyId: row.company_id,
    accountId: row.account_id,
  }));
}
