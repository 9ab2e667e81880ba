import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { emailKey } from './email.ts';

const byEmail = statement({
  name: 'account.by-email',
  text: `
    select e.company_id, e.account_id, a.password_hash, a.active, a.token_version, a.email, u.allow_sso
    from account_email e
    join account a on a.company_id = e.company_id and a.id = e.account_id
    left join crm_user u on u.company_id = e.company_id and u.account_id = e.account_id
    where e.email_key = $1`,
  parameters: ['text'],
  row: {
    company_id: 'int4',
    account_id: 'uuid',
    password_hash: 'text?',
    active: 'bool',
    token_version: 'int4',
    email: 'text',
    allow_sso: 'bool?',
  },
  scope: 'server',
});

const insert = statement({
  name: 'account.insert',
  text: `
    insert into account (company_id, id, email, password_hash, first_name, last_name, position)
    values ($1, $2, $3, $4, $5, $6, $7)`,
  parameters: ['int4', 'uuid', 'text', 'text?', 'text?', 'text?', 'text?'],
});

const claimEmail = statement({
  name: 'account.claim-email',
  text: 'insert into account_email (email_key, company_id, account_id) values ($1, $2, $3)',
  parameters: ['text', 'int4', 'uuid'],
  scope: 'server',
});

const releaseEmail = statement({
  name: 'account.release-email',
  text: 'delete from account_email where company_id = $1 and account_id = $2',
  parameters: ['int4', 'uuid'],
  scope: 'server',
});

const changeEmail = statement({
  name: 'account.change-email',
  text: 'update account a set email = $3, updated_at = now() where a.company_id = $1 and a.id = $2',
  parameters: ['int4', 'uuid', 'text'],
});

const setPassword = statement({
  name: 'account.set-password',
  text: `
    with dead as (delete from invitation i where i.company_id = $1 and i.account_id = $2)
    update account a set password_hash = $3, token_version = token_version + 1, updated_at = now()
    where a.company_id = $1 and a.id = $2`,
  parameters: ['int4', 'uuid', 'text'],
});

const endTokens = statement({
  name: 'account.end-tokens',
  text: 'update account a set token_version = token_version + 1 where a.company_id = $1 and a.id = $2',
  parameters: ['int4', 'uuid'],
});

const removeFaceless = statement({
  name: 'account.remove-faceless',
  text: `
    delete from account a
    where a.company_id = $1 and a.id = $2
      and not exists (select from crm_user u where u.company_id = $1 and u.account_id = $2)
      and not exists (select from customer c where c.company_id = $1 and c.account_id = $2)
    returning a.id`,
  parameters: ['int4', 'uuid'],
  row: { id: 'uuid' },
});

export interface AccountByEmail {
  company_id: number;
  account_id: string;
  password_hash: string | null;
  active: boolean;
  token_version: number;
  email: string;
  /** null = the account has no CRM face. */
  allow_sso: boolean | null;
}

/** The account that holds an email on this server, in whichever company. */
export async function findAccountByEmail(sql: Sql, email: string): Promise<AccountByEmail | undefined> {
  return (await sql.run(byEmail, [emailKey(email)]))[0];
}

/** Inserts the account and claims its email; the transaction is retried when another claims it at the same moment. */
export async function insertAccount(
  sql: Sql,
  companyId: number,
  account: {
    id: string;
    email: string;
    passwordHash: string | null;
    first_name: string | null;
    last_name: string | null;
    position: string | null;
  },
): Promise<void> {
  await sql.run(insert, [
    companyId,
    account.id,
    account.email,
    account.passwordHash,
    account.first_name,
    account.last_name,
    account.position,
  ]);
  await sql.run(claimEmail, [emailKey(account.email), companyId, account.id]);
}

export async function moveToEmail(
  sql: Sql,
  companyId: number,
  accountId: string,
  email: string,
): Promise<void> {
  await sql.run(releaseEmail, [companyId, accountId]);
  await sql.run(claimEmail, [emailKey(email), companyId, accountId]);
  await sql.run(changeEmail, [companyId, accountId, email]);
}

/** Ends every token of the account besides, and its invitations. */
export async function replacePassword(
  sql: Sql,
  companyId: number,
  accountId: string,
  hash: string,
): Promise<void> {
  await sql.run(setPassword, [companyId, accountId, hash]);
}

/** After a face was deleted: ends the tokens, and the account too when no face is left. */
export async function removeAccountWithoutFaces(
  sql: Sql,
  companyId: number,
  accountId: string,
): Promise<void> {
  // The first holds the account: of two faces that go at the same time, the second sees the other gone.
  const [, [removed]] = await Promise.all([
    sql.run(endTokens, [companyId, accountId]),
    sql.run(removeFaceless, [companyId, accountId]),
  ]);
  if (removed) await sql.run(releaseEmail, [companyId, accountId]);
}
