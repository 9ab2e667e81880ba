import { statement } from '../db/statement.ts';
import { uuidv7 } from '../uuid.ts';
import type { Context } from '../verb.ts';

const insert = statement({
  name: 'outbox.insert',
  text: 'insert into outbox (company_id, id, topic, payload) values ($1, $2, $3, $4)',
  parameters: ['int4', 'uuid', 'text', 'jsonb'],
});

/** Hands a payload to the worker's handler for `topic`, if and only if the transaction commits. */
export async function enqueue(
  ctx: Pick<Context<unknown>, 'sql' | 'afterCommit'>,
  companyId: number,
  topic: string,
  payload: object,
): Promise<void> {
  await ctx.sql.run(insert, [companyId, uuidv7(), topic, JSON.stringify(payload)]);
  ctx.afterCommit('work enqueued');
}
