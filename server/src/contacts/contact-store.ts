import { CLOCK } from '../platform/db/clock.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { boundedWireOf, type Contact, referencesOf } from './contact.ts';
import { type IdentityKey, keyColumns } from './identity-keys.ts';

const seats = statement({
  name: 'contact.seats',
  text: `
    select c.moment as created_at, c.seat as created_seat, u.moment as updated_at, u.seat as updated_seat
    from free_seat('created', $1, coalesce($2::timestamptz, clock_timestamp())) c,
      free_seat('updated', $1, clock_timestamp()) u`,
  parameters: ['int4', 'timestamptz?'],
  row: { created_at: 'timestamptz', created_seat: 'int2', updated_at: 'timestamptz', updated_seat: 'int2' },
  scope: 'server',
});

const updatedSeat = statement({
  name: 'contact.updated-seat',
  text: `select u.moment as updated_at, u.seat as updated_seat from free_seat('updated', $1, clock_timestamp()) u`,
  parameters: ['int4'],
  row: { updated_at: 'timestamptz', updated_seat: 'int2' },
  scope: 'server',
});

const insert = statement({
  name: 'contact.insert',
  text: `
    with made as (
      insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, assigned_to, sourced_by,
        confidential, shares_only, refs, wire)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      returning company_id, id
    )
    insert into contact_key (company_id, kind, value, contact_id)
    select m.company_id, w.kind, w.value, m.id from made m, unnest($13::text[], $14::text[]) as w(kind, value)`,
  parameters: [
    ...(['int4', 'uuid', 'timestamptz', 'int2', 'timestamptz', 'int2', 'uuid?', 'uuid?'] as const),
    ...(['bool', 'bool', 'uuid[]', 'json', 'text[]', 'text[]'] as const),
  ],
});

const update = statement({
  name: 'contact.update',
  text: `
    update contact c set version = $3, updated_at = $4, updated_seat = $5, assigned_to = $6, sourced_by = $7,
      confidential = $8, shares_only = $9, archived_at = $10, refs = $11, wire = $12
    where c.company_id = $1 and c.id = $2`,
  parameters: [
    ...(['int4', 'uuid', 'int4', 'timestamptz', 'int2', 'uuid?', 'uuid?', 'bool', 'bool'] as const),
    ...(['timestamptz?', 'uuid[]', 'json'] as const),
  ],
});

const replaceKeys = statement({
  name: 'contact.replace-keys',
  text: `
    with wanted as (select * from unnest($3::text[], $4::text[]) as w(kind, value)),
    gone as (
      delete from contact_key k where k.company_id = $1 and k.contact_id = $2
        and not exists (select from wanted w where w.kind = k.kind and w.value = k.value)
    )
    insert into contact_key (company_id, kind, value, contact_id)
    select $1, w.kind, w.value, $2 from wanted w
    where not exists (
      select from contact_key k
      where k.company_id = $1 and k.kind = w.kind and k.value = w.value and k.contact_id = $2)`,
  parameters: ['int4', 'uuid', 'text[]', 'text[]'],
});

const replaceShares = statement({
  name: 'contact.replace-shares',
  text: `
    with wanted as (
      select u.id, 'user' as kind from unnest($3::uuid[]) as u(id)
      union all select t.id, 'team' from unnest($4::uuid[]) as t(id)),
    gone as (
      delete from contact_share s where s.company_id = $1 and s.contact_id = $2
        and not exists (select from wanted w where w.id = s.grantee_id)
    )
    insert into contact_share (company_id, contact_id, grantee_id, grantee_kind)
    select $1, $2, w.id, w.kind from wanted w
    where not exists (
      select from contact_share s where s.company_id = $1 and s.contact_id = $2 and s.grantee_id = w.id)`,
  parameters: ['int4', 'uuid', 'uuid[]', 'uuid[]'],
});

const remove = statement({
  name: 'contact.remove',
  text: `
    with ${CLOCK},
    gone as (delete from contact_key k where k.company_id = $1 and k.contact_id = $2)
    update contact c set deleted_at = clock.now, wire = null, refs = '{}'
    from clock where c.company_id = $1 and c.id = $2`,
  parameters: ['int4', 'uuid'],
});

const setAnonymised = statement({
  name: 'contact.set-anonymised',
  text: `
    with ${CLOCK}
    update contact c set anonymised_at = case when $3 then clock.now end
    from clock where c.company_id = $1 and c.id = $2 and (c.anonymised_at is null) = $3`,
  parameters: ['int4', 'uuid', 'bool'],
});

export interface Seats {
  created_at: string;
  created_seat: number;
  updated_at: string;
  updated_seat: number;
}

/** Free moments for a new contact; `createdTime` undefined = now. */
export async function takeSeats(
  sql: Sql,
  companyId: number,
  createdTime: string | undefined,
): Promise<Seats> {
  const [row] = await sql.run(seats, [companyId, createdTime ?? null]);
  return row!;
}

export interface UpdatedSeat {
  updated_at: string;
  updated_seat: number;
}

/** A free moment for a change; asked for behind the lock on what is changed, it comes after the changes before. */
export async function takeUpdatedSeat(sql: Sql, companyId: number): Promise<UpdatedSeat> {
  const [row] = await sql.run(updatedSeat, [companyId]);
  return row!;
}

/** Inserts the contact with its keys; loses to a concurrent holder of one by a unique violation, which is retried. */
export function insertContact(
  sql: Sql,
  companyId: number,
  contact: Contact,
  keys: IdentityKey[],
  taken: Seats,
): string {
  const wire = boundedWireOf(contact);
  sql.write(insert, [
    companyId,
    contact.id,
    taken.created_at,
    taken.created_seat,
    taken.updated_at,
    taken.updated_seat,
    contact.assignedTo ?? null,
    contact.sourcedBy ?? null,
    contact.confidential,
    contact.confidentiality.mode === 'shares-only',
    referencesOf(contact),
    wire,
    ...keyColumns(keys),
  ]);
  return wire;
}

export function storeContact(sql: Sql, companyId: number, contact: Contact, taken: UpdatedSeat): string {
  const wire = boundedWireOf(contact);
  sql.write(update, [
    companyId,
    contact.id,
    contact.version,
    taken.updated_at,
    taken.updated_seat,
    contact.assignedTo ?? null,
    contact.sourcedBy ?? null,
    contact.confidential,
    contact.confidentiality.mode === 'shares-only',
    contact.archivedAt ?? null,
    referencesOf(contact),
    wire,
  ]);
  return wire;
}

export function storeKeys(sql: Sql, companyId: number, contactId: string, keys: IdentityKey[]): void {
  sql.write(replaceKeys, [companyId, contactId, ...keyColumns(keys)]);
}

export function storeShares(
  sql: Sql,
  companyId: number,
  contactId: string,
  { users, teams }: { users: string[]; teams: string[] },
): void {
  sql.write(replaceShares, [companyId, contactId, users, teams]);
}

/** Erases what the contact was; the id stays, for the list of the deleted. */
export async function eraseContact(sql: Sql, companyId: number, contactId: string): Promise<void> {
  await sql.run(remove, [companyId, contactId]);
}

export async function markAnonymised(
  sql: Sql,
  companyId: number,
  contactId: string,
  on: boolean,
): Promise<void> {
  await sql.run(setAnonymised, [companyId, contactId, on]);
}
