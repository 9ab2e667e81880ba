import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { partnerKeys, type StoredIntegrations } from './integrations.ts';
import type { UserRow } from './user.ts';

const USER = {
  id: 'uuid',
  email: 'text',
  first_name: 'text?',
  last_name: 'text?',
  position: 'text?',
  allow_sso: 'bool',
  from_emails: 'text[]',
  integrations: 'jsonb',
} as const;
const COLUMNS =
  'a.id, a.email, a.first_name, a.last_name, a.position, u.allow_sso, u.from_emails, u.integrations';
const FROM = 'crm_user u join account a on a.company_id = u.company_id and a.id = u.account_id';

const byId = statement({
  name: 'user.by-id',
  text: `select ${COLUMNS} from ${FROM} where u.company_id = $1 and u.account_id = $2`,
  parameters: ['int4', 'uuid'],
  row: USER,
});

const byKey = statement({
  name: 'user.by-key',
  text: `
    select ${COLUMNS} from crm_user_key k
    join crm_user u on u.company_id = k.company_id and u.account_id = k.account_id
    join account a on a.company_id = k.company_id and a.id = k.account_id
    where k.company_id = $1 and k.partner = $2 and k.external_id = $3`,
  parameters: ['int4', 'text', 'text'],
  row: USER,
});

const lock = statement({
  name: 'user.lock',
  text: `select u.roles from crm_user u where u.company_id = $1 and u.account_id = $2 for update`,
  parameters: ['int4', 'uuid'],
  row: { roles: 'text[]' },
});

const page = statement({
  name: 'user.page',
  text: `
    select ${COLUMNS} from ${FROM}
    where u.company_id = $1 and ($2::uuid is null or u.account_id = $2)
    order by u.created_at, u.account_id limit $3 offset $4`,
  parameters: ['int4', 'uuid?', 'int4', 'int4'],
  row: USER,
});

const count = statement({
  name: 'user.count',
  text: `select count(*) as total from crm_user u where u.company_id = $1 and ($2::uuid is null or u.account_id = $2)`,
  parameters: ['int4', 'uuid?'],
  row: { total: 'int8' },
});

const insert = statement({
  name: 'user.insert',
  text: `
    insert into crm_user (company_id, account_id, roles, allow_sso, from_emails, integrations)
    values ($1, $2, $3, $4, $5, $6)`,
  parameters: ['int4', 'uuid', 'text[]', 'bool', 'text[]', 'jsonb'],
});

const update = statement({
  name: 'user.update',
  text: `
    with face as (
      update crm_user u set allow_sso = $6, from_emails = $7, integrations = $8
      where u.company_id = $1 and u.account_id = $2
    )
    update account a set first_name = $3, last_name = $4, position = $5, updated_at = now()
    where a.company_id = $1 and a.id = $2`,
  parameters: ['int4', 'uuid', 'text?', 'text?', 'text?', 'bool', 'text[]', 'jsonb'],
});

const holdersOfKeys = statement({
  name: 'user.holders-of-keys',
  text: `
    select k.partner, k.external_id from crm_user_key k
    join unnest($2::text[], $3::text[]) as w(partner, external_id) using (partner, external_id)
    where k.company_id = $1 and k.account_id <> $4`,
  parameters: ['int4', 'text[]', 'text[]', 'uuid'],
  row: { partner: 'text', external_id: 'text' },
});

const dropKeys = statement({
  name: 'user.drop-keys',
  text: 'delete from crm_user_key k where k.company_id = $1 and k.account_id = $2',
  parameters: ['int4', 'uuid'],
});

const insertKeys = statement({
  name: 'user.insert-keys',
  text: `
    insert into crm_user_key (company_id, partner, external_id, account_id)
    select $1, w.partner, w.external_id, $4 from unnest($2::text[], $3::text[]) as w(partner, external_id)`,
  parameters: ['int4', 'text[]', 'text[]', 'uuid'],
});

const setRoles = statement({
  name: 'user.set-roles',
  text: 'update crm_user u set roles = $3 where u.company_id = $1 and u.account_id = $2',
  parameters: ['int4', 'uuid', 'text[]'],
});

const rolesOf = statement({
  name: 'user.roles',
  text: 'select u.roles from crm_user u where u.company_id = $1 and u.account_id = $2',
  parameters: ['int4', 'uuid'],
  row: { roles: 'text[]' },
});

// Not `for update`: what refers to one of them, as every contact of theirs does, would wait for it, and may itself be
// waited for by whoever asks for this.
const superAdmins = statement({
  name: 'user.lock-super-admins',
  text: `
    select u.account_id from crm_user u
    where u.company_id = $1 and 'super_admin' = any (u.roles)
    order by u.account_id for no key update`,
  parameters: ['int4'],
  row: { account_id: 'uuid' },
});

const remove = statement({
  name: 'user.remove',
  text: 'delete from crm_user u where u.company_id = $1 and u.account_id = $2',
  parameters: ['int4', 'uuid'],
});

export async function findUser(sql: Sql, companyId: number, userId: string): Promise<UserRow | undefined> {
  return (await sql.run(byId, [companyId, userId]))[0];
}

export async function findUserByKey(
  sql: Sql,
  companyId: number,
  partner: string,
  externalId: string,
): Promise<UserRow | undefined> {
  return (await sql.run(byKey, [companyId, partner, externalId]))[0];
}

/** Holds the user's row until the transaction ends; undefined when there is none. */
export async function lockUser(
  sql: Sql,
  companyId: number,
  userId: string,
): Promise<{ roles: string[] } | undefined> {
  return (await sql.run(lock, [companyId, userId]))[0];
}

/** Oldest first; `only` narrows the list to one user. */
export async function listUsers(
  sql: Sql,
  companyId: number,
  { only, limit, offset }: { only: string | null; limit: number; offset: number },
): Promise<{ users: UserRow[]; totalCount: number }> {
  const [users, [counted]] = await Promise.all([
    sql.run(page, [companyId, only, limit, offset]),
    sql.run(count, [companyId, only]),
  ]);
  return { users, totalCount: counted!.total };
}

export async function insertUser(
  sql: Sql,
  companyId: number,
  user: UserRow,
  roles: readonly string[],
): Promise<void> {
  await sql.run(insert, [
    companyId,
    user.id,
    [...roles],
    user.allow_sso,
    user.from_emails,
    JSON.stringify(user.integrations),
  ]);
}

export async function updateUser(sql: Sql, companyId: number, user: UserRow): Promise<void> {
  await sql.run(update, [
    companyId,
    user.id,
    user.first_name,
    user.last_name,
    user.position,
    user.allow_sso,
    user.from_emails,
    JSON.stringify(user.integrations),
  ]);
}

/** Makes these the user's ids at the partners. Answers the first one that another user holds, and then changes nothing. */
export async function replaceUserKeys(
  sql: Sql,
  companyId: number,
  userId: string,
  integrations: StoredIntegrations,
): Promise<{ partner: string; external_id: string } | undefined> {
  const { partners, ids } = partnerKeys(integrations);
  const [held] = await sql.run(holdersOfKeys, [companyId, partners, ids, userId]);
  if (held) return held;
  await sql.run(dropKeys, [companyId, userId]);
  await sql.run(insertKeys, [companyId, partners, ids, userId]);
  return undefined;
}

export async function rolesOfUser(
  sql: Sql,
  companyId: number,
  userId: string,
): Promise<string[] | undefined> {
  return (await sql.run(rolesOf, [companyId, userId]))[0]?.roles;
}

export async function replaceRoles(
  sql: Sql,
  companyId: number,
  userId: string,
  roles: string[],
): Promise<void> {
  await sql.run(setRoles, [companyId, userId, roles]);
}

/** The company's super admins, held until the transaction ends, so that two of them cannot remove each other at once. */
export async function lockSuperAdmins(sql: Sql, companyId: number): Promise<string[]> {
  return (await sql.run(superAdmins, [companyId])).map((row) => row.account_id);
}

export async function removeUser(sql: Sql, companyId: number, userId: string): Promise<void> {
  await sql.run(remove, [companyId, userId]);
}
