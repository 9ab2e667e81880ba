import type { Sql } from '../../platform/db/statement.ts';
import { statement } from '../../platform/db/statement.ts';
import type { PoolTypeRow, Step } from './pool-type.ts';

/** The columns of `pool_type y` of the company at $1, whether it is read by itself or with a pool. */
export const POOL_TYPE_COLUMNS = `y.id as type_id, y.name as type_name, y.description as type_description,
      y.sequential as type_sequential, y.created_at as type_created_at,
      (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.place), '[]')
       from pool_type_step s where s.company_id = $1 and s.pool_type_id = y.id) as type_steps`;

const POOL_TYPE = {
  type_id: 'uuid',
  type_name: 'text',
  type_description: 'text?',
  type_sequential: 'bool',
  type_created_at: 'timestamptz',
  type_steps: 'jsonb',
} as const;

/** The same where a pool may have no type. */
export const JOINED_POOL_TYPE = {
  type_id: 'uuid?',
  type_name: 'text?',
  type_description: 'text?',
  type_sequential: 'bool?',
  type_created_at: 'timestamptz?',
  type_steps: 'jsonb?',
} as const;

const byId = statement({
  name: 'pool-type.by-id',
  text: `select ${POOL_TYPE_COLUMNS} from pool_type y where y.company_id = $1 and y.id = $2`,
  parameters: ['int4', 'uuid'],
  row: POOL_TYPE,
});

const idOfName = statement({
  name: 'pool-type.id-of-name',
  text: 'select y.id from pool_type y where y.company_id = $1 and lower(y.name) = lower($2)',
  parameters: ['int4', 'text'],
  row: { id: 'uuid' },
});

const page = statement({
  name: 'pool-type.page',
  text: `
    select ${POOL_TYPE_COLUMNS} from pool_type y where y.company_id = $1
    order by y.created_at, y.id limit $2 offset $3`,
  parameters: ['int4', 'int4', 'int4'],
  row: POOL_TYPE,
  scan: true,
});

const count = statement({
  name: 'pool-type.count',
  text: 'select count(*) as total from pool_type y where y.company_id = $1',
  parameters: ['int4'],
  row: { total: 'int8' },
});

const lock = statement({
  name: 'pool-type.lock',
  text: 'select y.id from pool_type y where y.company_id = $1 and y.id = $2 for update',
  parameters: ['int4', 'uuid'],
  row: { id: 'uuid' },
});

const hold = statement({
  name: 'pool-type.hold',
  text: 'select y.id from pool_type y where y.company_id = $1 and y.id = $2 for key share',
  parameters: ['int4', 'uuid'],
  row: { id: 'uuid' },
});

const STORED = ['int4', 'uuid', 'text', 'text?', 'bool', 'text[]', 'text[]'] as const;
const STEPS = `
    insert into pool_type_step (company_id, pool_type_id, id, place, name)
    select $1, $2, w.id, w.place, w.name
    from unnest($6::text[], $7::text[]) with ordinality as w(id, name, place)`;

const insert = statement({
  name: 'pool-type.insert',
  text: `
    with made as (
      insert into pool_type (company_id, id, name, description, sequential) values ($1, $2, $3, $4, $5))
    ${STEPS}`,
  parameters: STORED,
});

const update = statement({
  name: 'pool-type.update',
  text: `
    with changed as (
      update pool_type y set name = $3, description = $4, sequential = $5
      where y.company_id = $1 and y.id = $2),
    gone as (
      delete from pool_type_step s where s.company_id = $1 and s.pool_type_id = $2 and s.id <> all ($6))
    ${STEPS}
    on conflict (company_id, pool_type_id, id) do update set place = excluded.place, name = excluded.name`,
  parameters: STORED,
});

const stepInUse = statement({
  name: 'pool-type.step-in-use',
  text: `
    select w.id from unnest($3::text[]) as w(id)
    where exists (
      select from pool_member m where m.company_id = $1 and m.pool_type_id = $2 and m.step_id = w.id)
    limit 1`,
  parameters: ['int4', 'uuid', 'text[]'],
  row: { id: 'text' },
});

const inUse = statement({
  name: 'pool-type.in-use',
  text: `
    select exists (select from pool p where p.company_id = $1 and p.pool_type_id = $2) as used`,
  parameters: ['int4', 'uuid'],
  row: { used: 'bool' },
});

const remove = statement({
  name: 'pool-type.remove',
  text: 'delete from pool_type y where y.company_id = $1 and y.id = $2',
  parameters: ['int4', 'uuid'],
});

/** What a request leads to, for the store to write. */
export interface PoolTypeState {
  id: string;
  name: string;
  description: string | null;
  sequential: boolean;
  steps: Step[];
}

export async function findPoolType(
  sql: Sql,
  companyId: number,
  id: string,
): Promise<PoolTypeRow | undefined> {
  return (await sql.run(byId, [companyId, id]))[0];
}

/** Compared without regard to case. */
export async function poolTypeIdOfName(
  sql: Sql,
  companyId: number,
  name: string,
): Promise<string | undefined> {
  return (await sql.run(idOfName, [companyId, name]))[0]?.id;
}

/** Oldest first. */
export async function listPoolTypes(
  sql: Sql,
  companyId: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ rows: PoolTypeRow[]; totalCount: number }> {
  const [rows, [counted]] = await Promise.all([
    sql.run(page, [companyId, limit, offset]),
    sql.run(count, [companyId]),
  ]);
  return { rows, totalCount: counted!.total };
}

/** Holds the type, as it is, until the transaction ends; undefined when there is none. */
export async function lockPoolType(
  sql: Sql,
  companyId: number,
  id: string,
): Promise<PoolTypeRow | undefined> {
  const [, [row]] = await Promise.all([sql.run(lock, [companyId, id]), sql.run(byId, [companyId, id])]);
  return row;
}

/** Keeps the type from being deleted until the transaction ends; false when there is none. */
export async function holdPoolType(sql: Sql, companyId: number, id: string): Promise<boolean> {
  return (await sql.run(hold, [companyId, id])).length > 0;
}

export async function insertPoolType(sql: Sql, companyId: number, type: PoolTypeState): Promise<void> {
  await sql.run(insert, [companyId, ...columns(type)]);
}

/** Steps that are there keep their rows, and with them their members. */
export async function storePoolType(sql: Sql, companyId: number, type: PoolTypeState): Promise<void> {
  await sql.run(update, [companyId, ...columns(type)]);
}

/** The first of these steps at which a contact stands. */
export async function firstStepInUse(
  sql: Sql,
  companyId: number,
  id: string,
  stepIds: string[],
): Promise<string | undefined> {
  return (await sql.run(stepInUse, [companyId, id, stepIds]))[0]?.id;
}

/** Whether a pool is of this type. */
export async function poolTypeInUse(sql: Sql, companyId: number, id: string): Promise<boolean> {
  const [row] = await sql.run(inUse, [companyId, id]);
  return row!.used;
}

/** Its steps go with it. */
export async function removePoolType(sql: Sql, companyId: number, id: string): Promise<void> {
  await sql.run(remove, [companyId, id]);
}

function columns({ id, name, description, sequential, steps }: PoolTypeState) {
  const [ids, names] = [steps.map((step) => step.id), steps.map((step) => step.name)];
  return [id, name, description, sequential, ids, names] as const;
}
