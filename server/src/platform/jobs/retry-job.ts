import type { Sql } from '../db/statement.ts';
import { statement } from '../db/statement.ts';
import { LEASE } from './job-store.ts';

// A row in a worker's hands is due within its lease, and its attempt has not ended: one that looks like that stays where
// it is, or a second worker would take it too.
const retry = statement({
  name: 'outbox.retry',
  text: `
    with clock as materialized (
      select clock_timestamp() as now, clock_timestamp() + make_interval(secs => $4) as leased)
    update outbox o
    set status = 'pending', due_at = now(), attempts = case o.status when 'dead' then 0 else o.attempts end
    from clock where o.company_id = $1 and o.topic = $2 and o.id = $3 and (o.status = 'dead'
      or (o.status = 'pending' and o.due_at > clock.now and (o.done_at is not null
        or o.due_at > clock.leased)))
    returning o.id`,
  parameters: ['int4', 'text', 'uuid', 'float8'],
  row: { id: 'uuid' },
});

/** Seconds; times are kept by the millisecond. */
const ROUNDING = 1;

/**
 * Makes a row due at once: a dead one with its attempts counted anew, a pending one that waits for its next attempt.
 * False where there is nothing to do: it was done, is due, or is in a worker's hands.
 */
export async function retryJob(sql: Sql, companyId: number, topic: string, id: string): Promise<boolean> {
  return (await sql.run(retry, [companyId, topic, id, LEASE + ROUNDING])).length > 0;
}
