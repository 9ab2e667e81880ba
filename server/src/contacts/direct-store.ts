import type { Ctx } from '../identity/verbs.ts';
import { AUDIT, auditOf, auditValues } from '../platform/audit/audit.ts';
import { statement } from '../platform/db/statement.ts';
import { type Contact, wireWithout } from './contact.ts';
import { holdersOf } from './contact-lookup-store.ts';
import { identityKeys, keyColumns } from './identity-keys.ts';
import { PRESENT } from './presence.ts';

// What a transaction does in several statements, in one, for contacts that refer to nothing new: see Verb.direct.

/** A moment as the API writes it. */
const told = (moment: string) => `to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const insert = statement({
  name: 'contact.insert-direct',
  text: `
    with change as materialized (
      select u.moment, u.seat from free_seat('updated', $1, clock_timestamp()) u where cardinality(${holdersOf(11)}) = 0
    ),
    creation as materialized (
      select u.moment, u.seat from change u where $2::timestamptz is null
      union all
      select f.moment, f.seat from change, free_seat('created', $1, $2) f where $2 is not null
    ),
    seat as materialized (
      select c.moment as created_at, c.seat as created_seat, u.moment as updated_at, u.seat as updated_seat,
        ${told('c.moment')} as created_told, ${told('u.moment')} as updated_told
      from creation c, change u
    ),
    made as (
      insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, assigned_to, sourced_by,
        confidential, shares_only, wire)
      select $1, $3, s.created_at, s.created_seat, s.updated_at, s.updated_seat, $4, $5, $6, $7,
        ($8 || s.updated_told || $9 || s.created_told || $10)::json
      from seat s
      returning company_id, id
    ),
    keyed as (
      insert into contact_key (company_id, kind, value, contact_id)
      select m.company_id, w.kind, w.value, m.id from made m, unnest($11::text[], $12::text[]) as w(kind, value)
    ),
    audited as (${auditOf('made', 13)})
    select s.created_told, s.updated_told from seat s`,
  parameters: [
    ...(['int4', 'timestamptz?', 'uuid', 'uuid?', 'uuid?', 'bool', 'bool', 'text', 'text', 'text'] as const),
    ...(['text[]', 'text[]'] as const),
    ...AUDIT,
  ],
  row: { created_told: 'text', updated_told: 'text' },
  direct: true,
});

const update = statement({
  name: 'contact.update-direct',
  text: `
    with held as materialized (
      select c.company_id, c.id from contact c
      where c.company_id = $1 and c.id = $2 and ${PRESENT} and c.wire::text = $3 for update skip locked
    ),
    seat as materialized (
      select h.company_id, h.id, u.moment, u.seat
      from held h cross join lateral free_seat('updated', h.company_id, clock_timestamp()) u
    ),
    changed as (
      update contact c set version = $4, updated_at = s.moment, updated_seat = s.seat, assigned_to = $5, sourced_by = $6,
        confidential = $7, wire = ($8 || ${told('s.moment')} || $9)::json
      from seat s
      where c.company_id = $1 and c.id = s.id
      returning c.company_id, c.id, ${told('s.moment')} as updated_told
    ),
    audited as (${auditOf('changed', 10)})
    select c.updated_told from changed c`,
  parameters: [
    ...(['int4', 'uuid', 'text', 'int4', 'uuid?', 'uuid?', 'bool', 'text', 'text'] as const),
    ...AUDIT,
  ],
  row: { updated_told: 'text' },
  direct: true,
});

/**
 * Inserts a contact with its keys and its audit row, and answers its text; undefined where another contact has one of the
 * keys. `createdTime` undefined = now. Loses to who takes one just then by a Collision.
 */
export async function insertDirectly(
  ctx: Ctx,
  contact: Omit<Contact, 'createdTime' | 'updatedTime'>,
  createdTime: string | undefined,
  fields: string[],
): Promise<string | undefined> {
  const [before, between, behind] = wireWithout(contact, ['updatedTime', 'createdTime']) as [
    string,
    string,
    string,
  ];
  const [times] = await ctx.sql.run(insert, [
    ctx.actor.companyId,
    createdTime ?? null,
    contact.id,
    contact.assignedTo ?? null,
    contact.sourcedBy ?? null,
    contact.confidential,
    contact.confidentiality.mode === 'shares-only',
    before,
    between,
    behind,
    ...keyColumns(identityKeys(contact)),
    ...auditValues(ctx, 'contact.create', 'contact', fields),
  ]);
  return times && `${before}${times.updated_told}${between}${times.created_told}${behind}`;
}

/**
 * Stores the new text of a contact whose keys, shares, references and places stay as they are, with its audit row, and
 * answers it; undefined where its text is not `standing` any more, or someone holds it.
 */
export async function updateDirectly(
  ctx: Ctx,
  standing: string,
  contact: Contact,
  fields: string[],
): Promise<string | undefined> {
  const [before, behind] = wireWithout(contact, ['updatedTime']) as [string, string];
  const [time] = await ctx.sql.run(update, [
    ctx.actor.companyId,
    contact.id,
    standing,
    contact.version,
    contact.assignedTo ?? null,
    contact.sourcedBy ?? null,
    contact.confidential,
    before,
    behind,
    ...auditValues(ctx, 'contact.update', 'contact', fields),
  ]);
  return time && `${before}${time.updated_told}${behind}`;
}
