import { CLOCK } from '../platform/db/clock.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { NIL_UUID } from '../platform/uuid.ts';
import type { Step } from './pool-types/pool-type.ts';

// As many as one statement moves well within its time limit.
const BATCH = 5000;
const BEFORE_ALL = { added_at: '-infinity', contact_id: NIL_UUID };

const stepsOf = statement({
  name: 'pool.steps',
  text: `
    select y.id as type_id, y.sequential, s.id, s.name
    from pool p
    join pool_type y on y.company_id = $1 and y.id = p.pool_type_id
    join pool_type_step s on s.company_id = $1 and s.pool_type_id = y.id
    where p.company_id = $1 and p.id = $2
    order by s.place`,
  parameters: ['int4', 'uuid'],
  row: { type_id: 'uuid', sequential: 'bool', id: 'text', name: 'text' },
});

const standing = statement({
  name: 'pool.standing',
  text: `
    select m.step_id, m.step_at from pool_member m
    where m.company_id = $1 and m.pool_id = $2 and m.contact_id = $3`,
  parameters: ['int4', 'uuid', 'uuid'],
  row: { step_id: 'text?', step_at: 'timestamptz?' },
});

const move = statement({
  name: 'pool.move-to-step',
  text: `
    with ${CLOCK}
    update pool_member m set pool_type_id = $4, step_id = $5, step_at = clock.now
    from clock where m.company_id = $1 and m.pool_id = $2 and m.contact_id = $3
    returning m.step_at`,
  parameters: ['int4', 'uuid', 'uuid', 'uuid', 'text'],
  row: { step_at: 'timestamptz?' },
});

const restart = statement({
  name: 'pool.restart',
  text: `
    with ${CLOCK},
    batch as (
      select m.contact_id, m.added_at from pool_member m
      where m.company_id = $1 and m.pool_id = $2 and (m.added_at, m.contact_id) > ($3::timestamptz, $4::uuid)
      order by m.added_at, m.contact_id limit ${BATCH}),
    first as (
      select s.pool_type_id, s.id
      from pool p join pool_type_step s on s.company_id = $1 and s.pool_type_id = p.pool_type_id
      where p.company_id = $1 and p.id = $2
      order by s.place limit 1),
    moved as (
      update pool_member m set pool_type_id = f.pool_type_id, step_id = f.id,
        step_at = case when f.id is not null then clock.now end
      from batch b
      join contact c on c.company_id = $1 and c.id = b.contact_id and c.deleted_at is null
      left join first f on true
      cross join clock
      where m.company_id = $1 and m.pool_id = $2 and m.contact_id = b.contact_id)
    select b.contact_id, b.added_at from batch b order by b.added_at desc, b.contact_id desc limit 1`,
  parameters: ['int4', 'uuid', 'timestamptz', 'uuid'],
  row: { contact_id: 'uuid', added_at: 'timestamptz' },
});

// The pools are held first: one that is just being given another type leaves no step behind.
const leave = statement({
  name: 'pool.leave-steps',
  text: `
    with held as (
      select p.id from pool p
      where p.company_id = $1
        and p.id in (select m.pool_id from pool_member m where m.company_id = $1 and m.contact_id = $2)
      order by p.id for key share)
    update pool_member m set pool_type_id = null, step_id = null, step_at = null
    from held h
    where m.company_id = $1 and m.contact_id = $2 and m.pool_id = h.id`,
  parameters: ['int4', 'uuid'],
});

/** The steps of a pool's type, in order; undefined where there are none. */
export async function findSteps(
  sql: Sql,
  companyId: number,
  poolId: string,
): Promise<{ typeId: string; sequential: boolean; steps: Step[] } | undefined> {
  const rows = await sql.run(stepsOf, [companyId, poolId]);
  const [first] = rows;
  return (
    first && {
      typeId: first.type_id,
      sequential: first.sequential,
      steps: rows.map(({ id, name }) => ({ id, name })),
    }
  );
}

/** Where a contact stands in a pool; undefined where it is not in it. */
export async function findStanding(sql: Sql, companyId: number, poolId: string, contactId: string) {
  return (await sql.run(standing, [companyId, poolId, contactId]))[0];
}

/** Answers since when. */
export async function storeStep(
  sql: Sql,
  companyId: number,
  { poolId, contactId }: { poolId: string; contactId: string },
  { typeId, stepId }: { typeId: string; stepId: string },
): Promise<string> {
  const [row] = await sql.run(move, [companyId, poolId, contactId, typeId, stepId]);
  return row!.step_at!;
}

/** Puts everyone in a pool at the first step of the type that it has now, or at none; deleted contacts have none. */
export async function restartMembers(sql: Sql, companyId: number, poolId: string): Promise<void> {
  for (let last: { added_at: string; contact_id: string } | undefined = BEFORE_ALL; last; ) {
    [last] = await sql.run(restart, [companyId, poolId, last.added_at, last.contact_id]);
  }
}

/** A contact that goes keeps its pools and stands at none of their steps. */
export async function leaveSteps(sql: Sql, companyId: number, contactId: string): Promise<void> {
  await sql.run(leave, [companyId, contactId]);
}
