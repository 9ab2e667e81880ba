import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { type Contact, wireOf } from './contact.ts';

const BATCH = 500;
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
    where c.company_id = $1 and c.wire is not null
      and c.id in (select s.contact_id from contact_share s where s.company_id = $1 and s.grantee_id = $2)
    order by c.id for update`,
  parameters: ['int4', 'uuid'],
  row: KEPT,
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
  text: 'delete from contact_share s where s.company_id = $1 and s.grantee_id = $2',
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

/** Every contact that is shared with a user or team, anonymised ones too. */
export async function lockSharedWith(sql: Sql, companyId: number, granteeId: string): Promise<Contact[]> {
  return (await sql.run(sharedWith, [companyId, granteeId])).map(({ wire }) => JSON.parse(wire));
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

export async function forgetGrantee(sql: Sql, companyId: number, granteeId: string): Promise<void> {
  await sql.run(forget, [companyId, granteeId]);
}
