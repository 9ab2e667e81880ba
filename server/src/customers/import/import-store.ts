import { type Sql, statement } from '../../platform/db/statement.ts';
import type { NewRow } from './plan.ts';

const claimEmails = statement({
  name: 'customer-import.claim-emails',
  text: `
    insert into account_email (email_key, company_id, account_id)
    select w.key, $1, w.id from unnest($2::text[], $3::uuid[]) as w(key, id)`,
  parameters: ['int4', 'text[]', 'uuid[]'],
  scope: 'server',
});

const insertAccounts = statement({
  name: 'customer-import.insert-accounts',
  text: `
    insert into account (company_id, id, email, first_name, last_name, position)
    select $1, w.id, w.email, nullif(w.first_name, ''), nullif(w.last_name, ''), nullif(w.position, '')
    from jsonb_to_recordset($2) as w(id uuid, email text, first_name text, last_name text, position text)`,
  parameters: ['int4', 'jsonb'],
});

const activateAccounts = statement({
  name: 'customer-import.activate-accounts',
  text: `
    update account a set active = true, updated_at = now(),
      first_name = coalesce(nullif(w.first_name, ''), a.first_name),
      last_name = coalesce(nullif(w.last_name, ''), a.last_name),
      position = coalesce(nullif(w.position, ''), a.position)
    from jsonb_to_recordset($2) as w(id uuid, first_name text, last_name text, position text)
    where a.company_id = $1 and a.id = w.id`,
  parameters: ['int4', 'jsonb'],
});

const insertCustomers = statement({
  name: 'customer-import.insert-customers',
  text: `
    insert into customer (company_id, account_id, number, username, account_type, gender, status, invited_at, created_by)
    select $1, w.id, w.number, w.username, w.account_type, w.gender, 'invited', now(), $3
    from jsonb_to_recordset($2) as w(id uuid, number integer, username text, account_type text, gender text)`,
  parameters: ['int4', 'jsonb', 'uuid'],
});

const reactivate = statement({
  name: 'customer-import.reactivate',
  text: `
    with person as (
      update account a set active = true, updated_at = now()
      from unnest($2::uuid[]) as w(id) where a.company_id = $1 and a.id = w.id)
    update customer c set status = case when c.confirmed_at is null then 'invited' else 'confirmed' end
    from unnest($2::uuid[]) as w(id) where c.company_id = $1 and c.account_id = w.id`,
  parameters: ['int4', 'uuid[]'],
});

const deactivate = statement({
  name: 'customer-import.deactivate',
  text: `
    with person as (
      update account a set active = false, token_version = a.token_version + 1, updated_at = now()
      from unnest($2::uuid[]) as w(id) where a.company_id = $1 and a.id = w.id)
    update customer c set status = 'deactivated'
    from unnest($2::uuid[]) as w(id) where c.company_id = $1 and c.account_id = w.id`,
  parameters: ['int4', 'uuid[]'],
});

/** A customer to be made, with what it is to be known by. */
export interface Numbered extends NewRow {
  accountId: string;
  number: number;
  /** Its account is there already. */
  held: boolean;
}

/** Makes emails, by their keys, their accounts'; the transaction is retried when another claims one at the same moment. */
export async function claimAll(
  sql: Sql,
  companyId: number,
  claims: { key: string; accountId: string }[],
): Promise<void> {
  const [keys, ids] = [claims.map(({ key }) => key), claims.map(({ accountId }) => accountId)];
  await sql.run(claimEmails, [companyId, keys, ids]);
}

/** Accounts whose emails are claimed; those that are there keep what the list does not say of the person. */
export async function storeAccounts(sql: Sql, companyId: number, people: Numbered[]): Promise<void> {
  const accounts = (held: boolean) => people.filter((one) => one.held === held).map(accountOf);
  await Promise.all([
    sql.run(insertAccounts, [companyId, JSON.stringify(accounts(false))]),
    sql.run(activateAccounts, [companyId, JSON.stringify(accounts(true))]),
  ]);
}

/** The customers of accounts that are there, invited; `by`: the account of who made them. */
export async function storeCustomers(
  sql: Sql,
  companyId: number,
  people: Numbered[],
  by: string,
): Promise<void> {
  await sql.run(insertCustomers, [companyId, JSON.stringify(people.map(customerOf)), by]);
}

export async function reactivateAll(sql: Sql, companyId: number, accountIds: string[]): Promise<void> {
  await sql.run(reactivate, [companyId, accountIds]);
}

/** Their tokens end. */
export async function deactivateAll(sql: Sql, companyId: number, accountIds: string[]): Promise<void> {
  await sql.run(deactivate, [companyId, accountIds]);
}

function accountOf({ accountId, email, firstName, lastName, position }: Numbered) {
  return { id: accountId, email, first_name: firstName, last_name: lastName, position };
}

function customerOf({ accountId, number, username, accountType, gender }: Numbered) {
  return { id: accountId, number, username, account_type: accountType, gender };
}
