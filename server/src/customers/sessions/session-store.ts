import { type Sql, statement } from '../../platform/db/statement.ts';
import type { AccountType } from '../account-types.ts';

/** Hours that a token without an end lives unused. */
const IDLE_HOURS = 24;
/** Minutes after which its use is written down again. */
const TOUCHED_EVERY = 5;

const ALIVE = `(a.active and s.token_version = a.token_version and case
  when s.expires_at is null then s.used_at > now() - interval '${IDLE_HOURS} hours' else s.expires_at > now() end)`;

const byToken = statement({
  name: 'customer-session.by-token',
  text: `
    select s.id, s.account_id, c.number, c.account_type, ${ALIVE} as alive,
      s.used_at < now() - interval '${TOUCHED_EVERY} minutes' as stale
    from customer_session s
    join customer c on c.company_id = $1 and c.account_id = s.account_id
    join account a on a.company_id = $1 and a.id = s.account_id
    where s.company_id = $1 and s.token_hash = $2`,
  parameters: ['int4', 'bytea'],
  row: { id: 'uuid', account_id: 'uuid', number: 'int4', account_type: 'text', alive: 'bool', stale: 'bool' },
});

const lives = statement({
  name: 'customer-session.lives',
  text: `
    select ${ALIVE} as alive from customer_session s
    join account a on a.company_id = $1 and a.id = s.account_id
    where s.company_id = $1 and s.id = $2`,
  parameters: ['int4', 'uuid'],
  row: { alive: 'bool' },
});

const ofAccount = statement({
  name: 'customer-session.actor-of-account',
  text: 'select c.number, c.account_type from customer c where c.company_id = $1 and c.account_id = $2',
  parameters: ['int4', 'uuid'],
  row: { number: 'int4', account_type: 'text' },
});

const touch = statement({
  name: 'customer-session.touch',
  text: 'update customer_session s set used_at = now() where s.company_id = $1 and s.token_hash = $2',
  parameters: ['int4', 'bytea'],
});

// As ALIVE, but that an update or a delete of a distributed database may not ask for the time within a `case`.
const DEAD = `(not a.active or s.token_version <> a.token_version or s.expires_at <= now()
  or s.expires_at is null and s.used_at <= now() - interval '${IDLE_HOURS} hours')`;

// What is dead anyway goes when its account signs in.
const insert = statement({
  name: 'customer-session.insert',
  text: `
    with dead as (
      delete from customer_session s using account a
      where s.company_id = $1 and s.account_id = $4 and a.company_id = $1 and a.id = s.account_id and ${DEAD})
    insert into customer_session (company_id, token_hash, id, account_id, token_version, expires_at)
    values ($1, $2, $3, $4, $5, now() + make_interval(days => $6))`,
  parameters: ['int4', 'bytea', 'uuid', 'uuid', 'int4', 'int4?'],
});

export interface FoundSession {
  id: string;
  accountId: string;
  number: number;
  accountType: AccountType;
  alive: boolean;
  /** Its use was written down some minutes ago. */
  stale: boolean;
}

export async function findSession(
  sql: Sql,
  companyId: number,
  hash: Buffer,
): Promise<FoundSession | undefined> {
  const [row] = await sql.run(byToken, [companyId, hash]);
  return row && { ...row, accountId: row.account_id, accountType: row.account_type as AccountType };
}

export async function sessionLives(sql: Sql, companyId: number, id: string): Promise<boolean> {
  return (await sql.run(lives, [companyId, id]))[0]?.alive ?? false;
}

export async function findCustomerActor(
  sql: Sql,
  companyId: number,
  accountId: string,
): Promise<{ number: number; accountType: AccountType } | undefined> {
  const [row] = await sql.run(ofAccount, [companyId, accountId]);
  return row && { number: row.number, accountType: row.account_type as AccountType };
}

export async function touchSession(sql: Sql, companyId: number, hash: Buffer): Promise<void> {
  await sql.run(touch, [companyId, hash]);
}

/** `days`: until it ends; undefined = a day after its last use. */
export async function insertSession(
  sql: Sql,
  companyId: number,
  session: { hash: Buffer; id: string; accountId: string; tokenVersion: number; days: number | undefined },
): Promise<void> {
  const { hash, id, accountId, tokenVersion, days } = session;
  await sql.run(insert, [companyId, hash, id, accountId, tokenVersion, days ?? null]);
}
