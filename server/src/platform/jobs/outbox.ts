import { statement } from '../db/statement.ts';
import { uuidv7 } from '../uuid.ts';
import type { Context } from '../verb.ts';

const insert = statement({
  name: 'outbox.insert',
  text: 'insert into outbox (company_id, id, topic, payload) values ($1, $2, $3, $4)',
  parameters: ['int4', 'uuid', 'text', 'jsonb'],
});

const insertMany = statement({
  name: 'outbox.insert-many',
  text: `
    insert into outbox (company_id, id, topic, payload)
    select $1, w.id, $3, w.payload::jsonb from unnest($2::uuid[], $4::text[]) as w(id, payload)`,
  parameters: ['int4', 'uuid[]', 'text', 'text[]'],
});

/** Hands a payload to the worker's handler for `topic`, if and only if the transaction commits. */
export function enqueue(
  ctx: Pick<Context<unknown>, 'sql' | 'afterCommit'>,
  companyId: number,
  topic: string,
  payload: object,
): void {
  ctx.sql.write(insert, [companyId, uuidv7(), topic, JSON.stringify(payload)]);
  ctx.afterCommit('work enqueued');
}

/** The same with many payloads, in their order; not more at once than one statement should hold. */
export function enqueueMany(
  ctx: Pick<Context<unknown>, 'sql' | 'afterCommit'>,
  companyId: number,
  topic: string,
  payloads: readonly object[],
): void {
  const ids = payloads.map(() => uuidv7());
  const texts = payloads.map((payload) => JSON.stringify(payload));
  ctx.sql.write(insertMany, [companyId, ids, topic, texts]);
  ctx.afterCommit('work enqueued');
}
