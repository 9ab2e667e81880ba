import type { Sql } from '../db/statement.ts';
import { statement } from '../db/statement.ts';

// Of a pending row, `done_at` is when its last attempt ended: null from a claim until then, and before the first one.

// The two that look across companies only tell which of them to visit; every row is then taken or deleted within its
// company.
const due = statement({
  name: 'outbox.due',
  text: `
    select distinct o.company_id, o.topic from outbox o
    where o.status = 'pending' and o.topic = any($1) and o.due_at <= now()`,
  parameters: ['text[]'],
  row: { company_id: 'int4', topic: 'text' },
  scope: 'server',
});

const outlived = statement({
  name: 'outbox.outlived',
  text: `
    select distinct o.company_id from outbox o
    where o.status = 'done' and o.done_at < now() - make_interval(days => $1)`,
  parameters: ['int4'],
  row: { company_id: 'int4' },
  scope: 'server',
});

const claim = statement({
  name: 'outbox.claim',
  text: `
    with due as materialized (
      select d.id from outbox d
      where d.company_id = $1 and d.topic = $2 and d.status = 'pending' and d.due_at <= now()
      order by d.due_at, d.id limit $3 for update skip locked
    )
    update outbox o set attempts = o.attempts + 1, due_at = now() + make_interval(secs => $4), done_at = null
    from due where o.company_id = $1 and o.id = due.id
    returning o.id, o.payload, o.attempts`,
  parameters: ['int4', 'text', 'int4', 'float8'],
  row: { id: 'uuid', payload: 'jsonb', attempts: 'int4' },
});

const extend = statement({
  name: 'outbox.extend',
  text: `
    update outbox o set due_at = greatest(o.due_at, now() + make_interval(secs => $4))
    where o.company_id = $1 and o.id = $2 and o.attempts = $3 and o.status = 'pending'`,
  parameters: ['int4', 'uuid', 'int4', 'float8'],
});

const finish = statement({
  name: 'outbox.finish',
  text: `
    update outbox o set status = 'done', done_at = now(), last_error = null
    where o.company_id = $1 and o.id = $2 and o.status <> 'done'`,
  parameters: ['int4', 'uuid'],
});

const postpone = statement({
  name: 'outbox.postpone',
  text: `
    update outbox o set due_at = now() + make_interval(secs => $4), done_at = now(), last_error = $5
    where o.company_id = $1 and o.id = $2 and o.attempts = $3 and o.status = 'pending'`,
  parameters: ['int4', 'uuid', 'int4', 'float8', 'text'],
});

const bury = statement({
  name: 'outbox.bury',
  text: `
    update outbox o set status = 'dead', last_error = $4
    where o.company_id = $1 and o.id = $2 and o.attempts = $3 and o.status = 'pending'`,
  parameters: ['int4', 'uuid', 'int4', 'text'],
});

const prune = statement({
  name: 'outbox.prune',
  text: `
    delete from outbox o
    where o.company_id = $1 and o.status = 'done' and o.done_at < now() - make_interval(days => $2)`,
  parameters: ['int4', 'int4'],
});

/** Seconds a claimed row is out of others' reach, unless a worker is told otherwise. */
export const LEASE = 60;

/** A row of the outbox in a worker's hands. `attempts` counts this one, and tells its holder from a later one. */
export interface Job {
  companyId: number;
  id: string;
  payload: unknown;
  attempts: number;
}

export interface DueWork {
  companyId: number;
  topic: string;
}

/** Which companies have due rows of these topics. */
export async function findDueWork(sql: Sql, topics: string[]): Promise<DueWork[]> {
  return (await sql.run(due, [topics])).map(({ company_id, topic }) => ({ companyId: company_id, topic }));
}

/** Takes up to `most` due rows for `lease` seconds: until then they are due for no one else. */
export async function claimJobs(
  sql: Sql,
  { companyId, topic }: DueWork,
  most: number,
  lease: number,
): Promise<Job[]> {
  return (await sql.run(claim, [companyId, topic, most, lease])).map((row) => ({ companyId, ...row }));
}

export async function extendLease(sql: Sql, job: Job, lease: number): Promise<void> {
  await sql.run(extend, [job.companyId, job.id, job.attempts, lease]);
}

/** Whoever holds the row by now: what was done is done. */
export async function finishJob(sql: Sql, job: Job): Promise<void> {
  await sql.run(finish, [job.companyId, job.id]);
}

export async function postponeJob(sql: Sql, job: Job, seconds: number, reason: string): Promise<void> {
  await sql.run(postpone, [job.companyId, job.id, job.attempts, seconds, reason]);
}

export async function buryJob(sql: Sql, job: Job, reason: string): Promise<void> {
  await sql.run(bury, [job.companyId, job.id, job.attempts, reason]);
}

/** Deletes what was done longer ago than `days`. */
export async function pruneDone(sql: Sql, days: number): Promise<void> {
  for (const { company_id } of await sql.run(outlived, [days])) await sql.run(prune, [company_id, days]);
}
