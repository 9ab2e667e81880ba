import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { type Contact, wireOf } from './contact.ts';

const BATCH = 200;
const KEPT = { id: 'uuid', wire: 'json' } as const;

const carriers = statement({
  name: 'contact.carriers',
  text: `
    select c.id, c.wire from contact c
    where c.company_id = $1 and c.refs @> array[$2::uuid] and c.wire is not null and c.id > $3
    order by c.id limit ${BATCH} for update`,
  parameters: ['int4', 'uuid', 'uuid'],
  row: KEPT,
});

const sharedWith = statement({
  name: 'contact.shared-with',
  text: `
    select c.id, c.wire from contact c
    where c.company_id = $1
      and c.id in (select s.contact_id from contact_share s where s.company_id = $1 and s.grantee_id = $2)
    order by c.id limit ${BATCH} for update`,
  parameters: ['int4', 'uuid'],
  row: { id: 'uuid', wire: 'json?' },
});

const rewrite = statement({
  name: 'contact.rewrite',
  text: `
    update contact c set wire = w.wire::json, refs = case when $5 then array_remove(c.refs, $4) else c.refs end
    from unnest($2::uuid[], $3::text[]) as w(id, wire)
    where c.company_id = $1 and c.id = w.id`,
  parameters: ['int4', 'uuid[]', 'text[]', 'uuid', 'bool'],
});

const forget = statement({
  name: 'contact.forget-grantee',
  text: `
    delete from contact_share s
    where s.company_id = $1 and s.grantee_id = $2 and s.contact_id = any ($3)`,
  parameters: ['int4', 'uuid', 'uuid[]'],
});

const unhide = statement({
  name: 'contact.forget-gone-field',
  text: `
    delete from contact_custom_field_gone g
    where g.company_id = $1 and g.id = $2
      and not exists (
        select from contact c where c.company_id = $1 and c.refs @> array[$2::uuid] and c.wire is not null)`,
  parameters: ['int4', 'uuid'],
});

/** The next contacts, by id, that carry a tag, status or custom field; held until the transaction ends. */
export async function lockCarriers(
  sql: Sql,
  companyId: number,
  ref: string,
  after: string,
): Promise<Contact[]> {
  return (await sql.run(carriers, [companyId, ref, after])).map(({ wire }) => JSON.parse(wire));
}

/** The next contacts that are shared with a user or team; of deleted ones there is the id alone. */
export async function lockSharedWith(
  sql: Sql,
  companyId: number,
  granteeId: string,
): Promise<{ ids: string[]; contacts: Contact[] }> {
  const rows = await sql.run(sharedWith, [companyId, granteeId]);
  return {
    ids: rows.map(({ id }) => id),
    contacts: rows.flatMap(({ wire }) => (wire === null ? [] : [JSON.parse(wire)])),
  };
}

/** Keeps new texts of contacts without counting it as a change of theirs; `gone`: they no longer carry `ref`. */
export async function rewriteContacts(
  sql: Sql,
  companyId: number,
  contacts: Contact[],
  ref: string,
  gone: boolean,
): Promise<void> {
  await sql.run(rewrite, [companyId, contacts.map(({ id }) => id), contacts.map(wireOf), ref, gone]);
}

export async function forgetGrantee(
  sql: Sql,
  companyId: number,
  granteeId: string,
  contactIds: string[],
): Promise<void> {
  await sql.run(forget, [companyId, granteeId, contactIds]);
}

/** A deleted custom field needs no hiding any more, once no contact carries it: another job may still have some ahead. */
export async function forgetGoneField(sql: Sql, companyId: number, fieldId: string): Promise<void> {
  await sql.run(unhide, [companyId, fieldId]);
}
