import { type Row, type Sql, statement } from '../platform/db/statement.ts';
import type { AccountType } from './account-types.ts';
import type { Customer, Status } from './customer.ts';

/** The columns of `customer c` with `account a`, in the company at $1. */
export const CUSTOMER_COLUMNS = `
  c.account_id, c.number, c.username, a.email, c.account_type, a.active, c.status, a.first_name, a.last_name, a.position,
  c.phone, c.gender, c.role, c.preferred_language, c.receive_interview_notifications, c.seen_welcome, c.invited_at,
  c.confirmed_at, c.photo_key, c.photo_type, (
    select m.number from customer m where m.company_id = $1 and m.account_id = c.created_by) as created_by, (
    select encode(i.token_hash, 'hex') from invitation i
    where i.company_id = $1 and i.account_id = c.account_id and i.expires_at > now() limit 1) as activation_key`;
export const CUSTOMER_ROW = {
  account_id: 'uuid',
  number: 'int4',
  username: 'text',
  email: 'text',
  account_type: 'text',
  active: 'bool',
  status: 'text',
  first_name: 'text?',
  last_name: 'text?',
  position: 'text?',
  phone: 'text',
  gender: 'text',
  role: 'text',
  preferred_language: 'text',
  receive_interview_notifications: 'bool',
  seen_welcome: 'bool',
  invited_at: 'timestamptz?',
  confirmed_at: 'timestamptz?',
  photo_key: 'text?',
  photo_type: 'text?',
  created_by: 'int4?',
  activation_key: 'text?',
} as const;
export const CUSTOMER_FROM = 'customer c join account a on a.company_id = $1 and a.id = c.account_id';

const byNumber = statement({
  name: 'customer.by-number',
  text: `select ${CUSTOMER_COLUMNS} from ${CUSTOMER_FROM} where c.company_id = $1 and c.number = $2`,
  parameters: ['int4', 'int4'],
  row: CUSTOMER_ROW,
});

const lock = statement({
  name: 'customer.lock',
  text: 'select c.account_id from customer c where c.company_id = $1 and c.number = $2 for no key update',
  parameters: ['int4', 'int4'],
  row: { account_id: 'uuid' },
});

const nextNumbers = statement({
  name: 'customer.next-numbers',
  text: `
    insert into customer_counter as k (company_id, last) values ($1, $2)
    on conflict (company_id) do update set last = k.last + $2
    returning k.last`,
  parameters: ['int4', 'int4'],
  row: { last: 'int4' },
});

const usernameHolder = statement({
  name: 'customer.username-holder',
  text: 'select c.number from customer c where c.company_id = $1 and lower(c.username) = lower($2)',
  parameters: ['int4', 'text'],
  row: { number: 'int4' },
});

const faceOf = statement({
  name: 'customer.face-of-account',
  text: 'select c.number from customer c where c.company_id = $1 and c.account_id = $2',
  parameters: ['int4', 'uuid'],
  row: { number: 'int4' },
});

const insert = statement({
  name: 'customer.insert',
  text: `
    with person as (
      update account a set first_name = coalesce($18, a.first_name), last_name = coalesce($19, a.last_name),
        position = coalesce($20, a.position), active = true, updated_at = now()
      where a.company_id = $1 and a.id = $2)
    insert into customer (company_id, account_id, number, username, account_type, status, phone, gender, role,
      preferred_language, receive_interview_notifications, seen_welcome, photo_key, photo_type, invited_at, confirmed_at,
      created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
  parameters: [
    ...(['int4', 'uuid', 'int4', 'text', 'text', 'text', 'text', 'text', 'text'] as const),
    ...(['text', 'bool', 'bool', 'text?', 'text?', 'timestamptz?', 'timestamptz?', 'uuid'] as const),
    ...(['text?', 'text?', 'text?'] as const),
  ],
});

const update = statement({
  name: 'customer.update',
  text: `
    with person as (
      update account a set first_name = $14, last_name = $15, position = $16, updated_at = now(), active = $17,
        token_version = a.token_version + case when a.active and not $17 then 1 else 0 end
      where a.company_id = $1 and a.id = $2)
    update customer c set account_type = $3, status = $4, phone = $5, gender = $6, role = $7, preferred_language = $8,
      receive_interview_notifications = $9, seen_welcome = $10, photo_key = $11, photo_type = $12, invited_at = $13
    where c.company_id = $1 and c.account_id = $2`,
  parameters: [
    ...(['int4', 'uuid', 'text', 'text', 'text', 'text', 'text', 'text'] as const),
    ...(['bool', 'bool', 'text?', 'text?', 'timestamptz?', 'text?', 'text?', 'text?', 'bool'] as const),
  ],
});

const confirm = statement({
  name: 'customer.confirm',
  text: `
    update customer c set status = 'confirmed', confirmed_at = now()
    where c.company_id = $1 and c.account_id = $2 and c.status = 'invited'`,
  parameters: ['int4', 'uuid'],
});

const endLinks = statement({
  name: 'customer.end-invitations',
  text: 'delete from invitation i where i.company_id = $1 and i.account_id = $2',
  parameters: ['int4', 'uuid'],
});

const remove = statement({
  name: 'customer.remove',
  text: 'delete from customer c where c.company_id = $1 and c.account_id = $2',
  parameters: ['int4', 'uuid'],
});

export async function findCustomer(
  sql: Sql,
  companyId: number,
  number: number,
): Promise<Customer | undefined> {
  return (await sql.run(byNumber, [companyId, number])).map(customerOf)[0];
}

/** The same, held until the transaction ends. */
export async function holdCustomer(
  sql: Sql,
  companyId: number,
  number: number,
): Promise<Customer | undefined> {
  // What is read behind the lock is as the last writer left it.
  const [, found] = await Promise.all([
    sql.run(lock, [companyId, number]),
    findCustomer(sql, companyId, number),
  ]);
  return found;
}

/** The last of so many new numbers. Until the transaction ends, nobody else makes customers of the company. */
export async function takeNumbers(sql: Sql, companyId: number, count: number): Promise<number> {
  return (await sql.run(nextNumbers, [companyId, count]))[0]!.last;
}

/** The number of the customer with a username, whatever its case. */
export async function holderOfUsername(
  sql: Sql,
  companyId: number,
  username: string,
): Promise<number | undefined> {
  return (await sql.run(usernameHolder, [companyId, username]))[0]?.number;
}

/** The number of an account's customer, if it is one. */
export async function customerOfAccount(
  sql: Sql,
  companyId: number,
  accountId: string,
): Promise<number | undefined> {
  return (await sql.run(faceOf, [companyId, accountId]))[0]?.number;
}

/**
 * The customer of an account that is there, which it makes active and which keeps what is not said of the person; `by`:
 * the account of who made it.
 */
export async function insertCustomer(
  sql: Sql,
  companyId: number,
  customer: Customer,
  by: string,
): Promise<void> {
  await sql.run(insert, [
    companyId,
    customer.accountId,
    customer.number,
    customer.username,
    customer.accountType,
    customer.status,
    customer.phone,
    customer.gender,
    customer.role,
    customer.preferredLanguage,
    customer.receivesNotifications,
    customer.seenWelcome,
    customer.photo?.key ?? null,
    customer.photo?.type ?? null,
    customer.invitedAt,
    customer.confirmedAt,
    by,
    ...personOf(customer),
  ]);
}

/** Everything but number, username and email. Tokens end with activity. */
export async function storeCustomer(sql: Sql, companyId: number, customer: Customer): Promise<void> {
  await sql.run(update, [
    companyId,
    customer.accountId,
    customer.accountType,
    customer.status,
    customer.phone,
    customer.gender,
    customer.role,
    customer.preferredLanguage,
    customer.receivesNotifications,
    customer.seenWelcome,
    customer.photo?.key ?? null,
    customer.photo?.type ?? null,
    customer.invitedAt,
    ...personOf(customer),
    customer.active,
  ]);
}

/** The invitation of an account was used; nothing for an account that is no customer. */
export async function confirmCustomer(sql: Sql, companyId: number, accountId: string): Promise<void> {
  await sql.run(confirm, [companyId, accountId]);
}

/** Every link that was mailed to an account dies. */
export async function endInvitations(sql: Sql, companyId: number, accountId: string): Promise<void> {
  await sql.run(endLinks, [companyId, accountId]);
}

export async function removeCustomer(sql: Sql, companyId: number, accountId: string): Promise<void> {
  await sql.run(remove, [companyId, accountId]);
}

function personOf({
  firstName,
  lastName,
  position,
}: Customer): [string | null, string | null, string | null] {
  return [firstName || null, lastName || null, position];
}

export function customerOf(row: Row<typeof CUSTOMER_ROW>): Customer {
  return {
    accountId: row.account_id,
    number: row.number,
    username: row.username,
    email: row.email,
    accountType: row.account_type as AccountType,
    active: row.active,
    status: row.status as Status,
    firstName: row.first_name ?? '',
    lastName: row.last_name ?? '',
    position: row.position,
    phone: row.phone,
    gender: row.gender,
    role: row.role,
    preferredLanguage: row.preferred_language,
    receivesNotifications: row.receive_interview_notifications,
    seenWelcome: row.seen_welcome,
    invitedAt: row.invited_at,
    confirmedAt: row.confirmed_at,
    createdBy: row.created_by,
    // As long as a digest of Git's, which is how such keys look.
    activationKey: row.activation_key?.slice(0, 40) ?? null,
    photo: row.photo_key === null ? null : { key: row.photo_key, type: row.photo_type! },
  };
}
