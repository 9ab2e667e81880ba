import type { Actor } from '../identity/actor.ts';
import { CLOCK } from '../platform/db/clock.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import type { PoolState } from './pool.ts';
import { POOL_SIGHT, poolSightOf, seesPool } from './pool-sight.ts';

const SEEN = seesPool(['$2', '$3', '$4']);

const seen = statement({
  name: 'pool.seen',
  text: `select p.id from pool p where p.company_id = $1 and p.id = $5 and ${SEEN}`,
  parameters: ['int4', ...POOL_SIGHT, 'uuid'],
  row: { id: 'uuid' },
});

const hold = statement({
  name: 'pool.hold',
  text: `
    select p.id, p.name from pool p where p.company_id = $1 and p.id = any ($5) and ${SEEN}
    order by p.id for key share of p`,
  parameters: ['int4', ...POOL_SIGHT, 'uuid[]'],
  row: { id: 'uuid', name: 'text' },
});

const nameOf = statement({
  name: 'pool.name',
  text: 'select p.name from pool p where p.company_id = $1 and p.id = $2 for key share',
  parameters: ['int4', 'uuid'],
  row: { name: 'text' },
});

const lock = statement({
  name: 'pool.lock',
  text: `
    select p.name, p.description, p.public, p.owner_id, p.pool_type_id
    from pool p where p.company_id = $1 and p.id = $2 for update`,
  parameters: ['int4', 'uuid'],
  row: { name: 'text', description: 'text?', public: 'bool', owner_id: 'uuid?', pool_type_id: 'uuid?' },
});

const shares = statement({
  name: 'pool.shares',
  text: `
    select
      array(
        select u.account_id from pool_user u where u.company_id = $1 and u.pool_id = $2
        order by u.account_id) as users,
      array(
        select t.team_id from pool_team t where t.company_id = $1 and t.pool_id = $2
        order by t.team_id) as teams`,
  parameters: ['int4', 'uuid'],
  row: { users: 'uuid[]', teams: 'uuid[]' },
});

const STORED = [
  ...(['int4', 'uuid', 'text', 'text?', 'bool', 'uuid?', 'uuid?'] as const),
  ...(['uuid[]', 'uuid[]'] as const),
] as const;
const SHARES = `
    with_users as (
      insert into pool_user (company_id, pool_id, account_id)
      select $1, $2, w.id from unnest($8::uuid[]) as w(id) on conflict do nothing)
    insert into pool_team (company_id, pool_id, team_id)
    select $1, $2, w.id from unnest($9::uuid[]) as w(id) on conflict do nothing`;

const insert = statement({
  name: 'pool.insert',
  text: `
    with made as (
      insert into pool (company_id, id, name, description, public, owner_id, pool_type_id)
      values ($1, $2, $3, $4, $5, $6, $7)),
    ${SHARES}`,
  parameters: STORED,
});

const update = statement({
  name: 'pool.update',
  text: `
    with ${CLOCK},
    changed as (
      update pool p set name = $3, description = $4, public = $5, owner_id = $6, pool_type_id = $7,
        updated_at = clock.now
      from clock where p.company_id = $1 and p.id = $2),
    without_users as (
      delete from pool_user u where u.company_id = $1 and u.pool_id = $2 and u.account_id <> all ($8)),
    without_teams as (
      delete from pool_team t where t.company_id = $1 and t.pool_id = $2 and t.team_id <> all ($9)),
    ${SHARES}`,
  parameters: STORED,
});

// As many as one statement deletes well within its time limit.
const BATCH = 10_000;

const empty = statement({
  name: 'pool.empty',
  text: `
    delete from pool_member m
    where m.company_id = $1 and m.pool_id = $2 and m.contact_id in (
      select o.contact_id from pool_member o where o.company_id = $1 and o.pool_id = $2 limit ${BATCH})
    returning m.contact_id`,
  parameters: ['int4', 'uuid'],
  row: { contact_id: 'uuid' },
});

const remove = statement({
  name: 'pool.remove',
  text: 'delete from pool p where p.company_id = $1 and p.id = $2',
  parameters: ['int4', 'uuid'],
});

/** Whether there is such a pool that the actor sees. */
export async function poolIsSeen(sql: Sql, actor: Actor, id: string): Promise<boolean> {
  return (await sql.run(seen, [actor.companyId, ...poolSightOf(actor), id])).length > 0;
}

/**
 * The names of those of the pools that the actor sees, by id. Until the transaction ends none of them is renamed,
 * given another type or deleted.
 */
export async function holdPools(sql: Sql, actor: Actor, ids: string[]): Promise<Map<string, string>> {
  const rows = await sql.run(hold, [actor.companyId, ...poolSightOf(actor), ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The name of a pool, held as by holdPools; undefined where there is none. */
export async function poolName(sql: Sql, companyId: number, id: string): Promise<string | undefined> {
  return (await sql.run(nameOf, [companyId, id]))[0]?.name;
}

/** Holds the pool for oneself until the transaction ends: whoever adds a contact waits. Undefined where there is none. */
export async function lockPool(sql: Sql, companyId: number, id: string): Promise<PoolState | undefined> {
  const [[row], [shared]] = await Promise.all([
    sql.run(lock, [companyId, id]),
    sql.run(shares, [companyId, id]),
  ]);
  return (
    row && {
      name: row.name,
      description: row.description,
      public: row.public,
      ownerId: row.owner_id,
      typeId: row.pool_type_id,
      ...shared!,
    }
  );
}

export async function insertPool(sql: Sql, companyId: number, id: string, pool: PoolState): Promise<void> {
  await sql.run(insert, [companyId, id, ...columns(pool)]);
}

export async function storePool(sql: Sql, companyId: number, id: string, pool: PoolState): Promise<void> {
  await sql.run(update, [companyId, id, ...columns(pool)]);
}

/** Its memberships and shares go with it. */
export async function removePool(sql: Sql, companyId: number, id: string): Promise<void> {
  let removed: unknown[];
  do removed = await sql.run(empty, [companyId, id]);
  while (removed.length === BATCH);
  await sql.run(remove, [companyId, id]);
}

function columns(pool: PoolState) {
  const { name, description, ownerId, typeId, users, teams } = pool;
  return [name, description, pool.public, ownerId, typeId, users, teams] as const;
}
