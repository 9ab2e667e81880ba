import { LISTED, PRESENT } from '../contacts/presence.ts';
import { VISIBILITY, visibilityOf, visible } from '../contacts/visibility.ts';
import type { Actor } from '../identity/actor.ts';
import { holds } from '../platform/db/folded.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { paged } from './paged.ts';
import { seesEveryPool, seesPool } from './pool-sight.ts';
import { JOINED_POOL_TYPE, POOL_TYPE_COLUMNS } from './pool-types/pool-type-store.ts';

// $2 to $8 say which contacts the reader sees, $9 whether it sees every pool.
const SIGHT = ['int4', ...VISIBILITY, 'bool'] as const;
const SEEN = seesPool(['$9', '$7', '$8']);
const STEP = { step_id: 'text?', step_name: 'text?', step_at: 'timestamptz?' } as const;
const STEP_JOIN = `left join pool_type_step s
        on s.company_id = $1 and s.pool_type_id = m.pool_type_id and s.id = m.step_id`;

const MEMBERS = `
      from pool_member m join contact c on c.company_id = $1 and c.id = m.contact_id ${STEP_JOIN}
      where m.company_id = $1 and m.pool_id = $10 and ($11::text is null or lower(m.step_id) = lower($11))
        and ${LISTED} and ${visible(2)}`;

const contactsOf = statement({
  name: 'pool.contacts',
  text: `
    select a.total, b.id, b.full_name, b.primary_email, b.added_at, b.step_id, b.step_name, b.step_at
    from pool p
    cross join (select count(*) as total ${MEMBERS}) a
    left join (
      select n.id, d.wire ->> 'fullName' as full_name, d.wire ->> 'primaryEmail' as primary_email,
        n.added_at, n.step_id, n.step_name, n.step_at
      from (
        select c.id, m.added_at, m.step_id, s.name as step_name, m.step_at ${MEMBERS}
        order by m.added_at, m.contact_id limit $12 offset $13) n
      join contact d on d.company_id = $1 and d.id = n.id) b on true
    where p.company_id = $1 and p.id = $10 and ${SEEN}
    order by b.added_at, b.id`,
  parameters: [...SIGHT, 'uuid', 'text?', 'int4', 'int4'],
  row: {
    total: 'int8',
    id: 'uuid?',
    full_name: 'text?',
    primary_email: 'text?',
    added_at: 'timestamptz',
    ...STEP,
  },
  scan: true,
});

const POOLS = `
      from pool_member m join pool p on p.company_id = $1 and p.id = m.pool_id ${STEP_JOIN}
      where m.company_id = $1 and m.contact_id = $10 and ${SEEN}
        and ($11::text is null or ${holds('p.name', '$11')})`;

const poolsOf = statement({
  name: 'pool.of-contact',
  text: `
    select a.total, b.id, b.name, b.owner_id, b.added_at, b.step_id, b.step_name, b.step_at,
      ${POOL_TYPE_COLUMNS}
    from contact c
    cross join (select count(*) as total ${POOLS}) a
    left join (
      select p.id, p.name, p.owner_id, p.pool_type_id, m.added_at, m.step_id, s.name as step_name, m.step_at ${POOLS}
      order by m.added_at, m.pool_id limit $12 offset $13) b on true
    left join pool_type y on y.company_id = $1 and y.id = b.pool_type_id
    where c.company_id = $1 and c.id = $10 and ${PRESENT}
      and ${visible(2)}
    order by b.added_at, b.id`,
  parameters: [...SIGHT, 'uuid', 'text?', 'int4', 'int4'],
  row: {
    total: 'int8',
    id: 'uuid?',
    name: 'text',
    owner_id: 'uuid?',
    added_at: 'timestamptz',
    ...STEP,
    ...JOINED_POOL_TYPE,
  },
  scan: true,
});

export interface PageOf {
  limit: number;
  skip: number;
}

function seenBy(actor: Actor) {
  return [actor.companyId, ...visibilityOf(actor), seesEveryPool(actor)] as const;
}

/** A pool's contacts that the actor sees, as they were added; undefined where it does not see the pool. */
export async function listPoolContacts(
  sql: Sql,
  actor: Actor,
  poolId: string,
  { step, limit, skip }: PageOf & { step?: string | undefined },
) {
  return paged(await sql.run(contactsOf, [...seenBy(actor), poolId, step ?? null, limit, skip]));
}

/** A contact's pools that the actor sees, as it was added; undefined where it does not see the contact. */
export async function listContactPools(
  sql: Sql,
  actor: Actor,
  contactId: string,
  { part, limit, skip }: PageOf & { part?: string | undefined },
) {
  return paged(await sql.run(poolsOf, [...seenBy(actor), contactId, part ?? null, limit, skip]));
}
