import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';

// The first step of a pool's type. Read after the pool is held, and hence its latest one.
const firstStep = (pool: string) => `
      select s.pool_type_id, s.id
      from pool p join pool_type_step s on s.company_id = $1 and s.pool_type_id = p.pool_type_id
      where p.company_id = $1 and p.id = ${pool}
      order by s.place limit 1`;
const STEP = 'f.pool_type_id, f.id, case when f.id is not null then now() end';

const insert = statement({
  name: 'pool.insert-members',
  text: `
    insert into pool_member (company_id, contact_id, pool_id, pool_type_id, step_id, step_at)
    select $1, w.contact_id, $2, ${STEP}
    from unnest($3::uuid[]) as w(contact_id) left join (${firstStep('$2')}) f on true`,
  parameters: ['int4', 'uuid', 'uuid[]'],
});

const remove = statement({
  name: 'pool.remove-member',
  text: `
    delete from pool_member m where m.company_id = $1 and m.pool_id = $2 and m.contact_id = $3`,
  parameters: ['int4', 'uuid', 'uuid'],
});

const replace = statement({
  name: 'pool.replace-memberships',
  text: `
    with removed as (
      delete from pool_member m where m.company_id = $1 and m.contact_id = $2 and m.pool_id = any ($3))
    insert into pool_member (company_id, contact_id, pool_id, pool_type_id, step_id, step_at)
    select $1, $2, w.pool_id, ${STEP}
    from unnest($4::uuid[]) as w(pool_id) left join lateral (${firstStep('w.pool_id')}) f on true`,
  parameters: ['int4', 'uuid', 'uuid[]', 'uuid[]'],
});

/** Puts contacts into a pool that they are not in: at the first step, where its type has any. */
export async function insertMembers(
  sql: Sql,
  companyId: number,
  poolId: string,
  contactIds: string[],
): Promise<void> {
  if (contactIds.length > 0) await sql.run(insert, [companyId, poolId, contactIds]);
}

export async function removeMember(
  sql: Sql,
  companyId: number,
  poolId: string,
  contactId: string,
): Promise<void> {
  await sql.run(remove, [companyId, poolId, contactId]);
}

/** Takes a contact out of pools, and puts it into others as insertMembers does. */
export async function replaceMemberships(
  sql: Sql,
  companyId: number,
  contactId: string,
  { removed, added }: { removed: string[]; added: string[] },
): Promise<void> {
  await sql.run(replace, [companyId, contactId, removed, added]);
}
