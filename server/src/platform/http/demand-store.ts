import { type Sql, statement } from '../db/statement.ts';

// What this process tells is one row of its own, so that none waits for another.
const exchange = statement({
  name: 'process-demand.exchange',
  text: `
    with told as (
      insert into process_demand as p (process_id, seen_at, demand) values ($1, now(), $2)
      on conflict (process_id) do update set seen_at = excluded.seen_at, demand = excluded.demand)
    select d.key, sum(d.value::int8)::int8 as times
    from process_demand p cross join jsonb_each_text(p.demand) d
    where p.process_id <> $1 and p.seen_at > now() - make_interval(secs => $3) and $2 ? d.key
    group by d.key`,
  parameters: ['uuid', 'jsonb', 'int4'],
  row: { key: 'text', times: 'int8' },
  scope: 'server',
});

const prune = statement({
  name: 'process-demand.prune',
  text: `delete from process_demand p where p.seen_at < now() - interval '1 minute'`,
  parameters: [],
  scope: 'server',
});

/**
 * Tells the other processes what this one is asked for in a second, by key, and answers what they are asked for of the
 * same keys, as far as they told it within so many seconds.
 */
export async function exchangeDemand(
  sql: Sql,
  processId: string,
  demand: ReadonlyMap<string, number>,
  seconds: number,
): Promise<Map<string, number>> {
  const rows = await sql.run(exchange, [processId, JSON.stringify(Object.fromEntries(demand)), seconds]);
  return new Map(rows.map(({ key, times }) => [key, times]));
}

/** Deletes what processes told that have not been heard of for a minute. */
export async function pruneDemand(sql: Sql): Promise<void> {
  await sql.run(prune, []);
}
