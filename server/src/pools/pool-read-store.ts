import { LISTED } from '../contacts/presence.ts';
import { VISIBILITY, visibilityOf, visible } from '../contacts/visibility.ts';
import type { Actor } from '../identity/actor.ts';
import { holds } from '../platform/db/folded.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { paged } from './paged.ts';
import type { PoolRow } from './pool.ts';
import { seesEveryPool, seesPool } from './pool-sight.ts';
import { JOINED_POOL_TYPE, POOL_TYPE_COLUMNS } from './pool-types/pool-type-store.ts';

// $2 to $8 say which contacts the reader sees, $9 whether it sees every pool.
const SIGHT = ['int4', ...VISIBILITY, 'bool'] as const;
const [ALL, USER, GRANTEES] = ['$9', '$7', '$8'] as const;
const SEEN = seesPool([ALL, USER, GRANTEES]);

const POOL = {
  id: 'uuid',
  name: 'text',
  description: 'text?',
  public: 'bool',
  owner_id: 'uuid?',
  users: 'uuid[]',
  teams: 'uuid[]',
  contacts: 'int8',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  ...JOINED_POOL_TYPE,
} as const;
// Who sees given pools alone finds itself and its teams alone among those that they are shared with.
const COLUMNS = `p.id, p.name, p.description, p.public, p.owner_id, p.created_at, p.updated_at,
      array(
        select u.account_id from pool_user u
        where u.company_id = $1 and u.pool_id = p.id and (${ALL}::bool or u.account_id = ${USER})
        order by u.account_id) as users,
      array(
        select t.team_id from pool_team t
        where t.company_id = $1 and t.pool_id = p.id and (${ALL}::bool or t.team_id = any (${GRANTEES}))
        order by t.team_id) as teams,
      coalesce(n.contacts, 0) as contacts, ${POOL_TYPE_COLUMNS}`;
const COUNTED = `
      select m.pool_id, count(*) as contacts
      from page g
      join pool_member m on m.company_id = $1 and m.pool_id = g.id
      join contact c on c.company_id = $1 and c.id = m.contact_id
      where ${LISTED} and ${visible(2)}
      group by m.pool_id`;
const JOINS = `
    left join counted n on n.pool_id = p.id
    left join pool_type y on y.company_id = $1 and y.id = p.pool_type_id`;

const byId = statement({
  name: 'pool.by-id',
  text: `
    with page as (select p.* from pool p where p.company_id = $1 and p.id = $10 and ${SEEN}),
    counted as (${COUNTED})
    select ${COLUMNS} from page p ${JOINS}`,
  parameters: [...SIGHT, 'uuid'],
  row: POOL,
  scan: true,
});

const WANTED = `p.company_id = $1 and ${SEEN} and ($10::text is null or ${holds('p.name', '$10')})`;

const page = statement({
  name: 'pool.page',
  text: `
    with page as (
      select p.* from pool p where ${WANTED} order by p.created_at, p.id limit $11 offset $12),
    counted as (${COUNTED})
    select a.total, ${COLUMNS}
    from (select count(*) as total from pool p where ${WANTED}) a
    left join page p on true ${JOINS}
    order by p.created_at, p.id`,
  parameters: [...SIGHT, 'text?', 'int4', 'int4'],
  row: { ...POOL, id: 'uuid?', total: 'int8' },
  scan: true,
});

function seenBy(actor: Actor) {
  return [actor.companyId, ...visibilityOf(actor), seesEveryPool(actor)] as const;
}

/** One round trip; undefined for one that is not there or not for this actor. */
export async function findPool(sql: Sql, actor: Actor, id: string): Promise<PoolRow | undefined> {
  return (await sql.run(byId, [...seenBy(actor), id]))[0];
}

/** Oldest first; `part` is a part of the name. */
export async function listPools(
  sql: Sql,
  actor: Actor,
  { part, limit, offset }: { part: string | undefined; limit: number; offset: number },
): Promise<{ rows: PoolRow[]; totalCount: number }> {
  return paged(await sql.run(page, [...seenBy(actor), part ?? null, limit, offset]))!;
}
