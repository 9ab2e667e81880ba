import { createHash } from 'node:crypto';
import { type Sql, statement } from './db/statement.ts';

const count = statement({
  name: 'use-count.count',
  text: `
    insert into use_count as u (key_digest, times, ends_at) values ($1, 1, now() + make_interval(secs => $2))
    on conflict (key_digest) do update set
      times = case when u.ends_at <= now() then 1 else u.times + 1 end,
      ends_at = case when u.ends_at <= now() then excluded.ends_at else u.ends_at end
    returning u.times, greatest(1, ceil(extract(epoch from u.ends_at - now())))::int4 as seconds`,
  parameters: ['bytea', 'int4'],
  row: { times: 'int4', seconds: 'int4' },
  scope: 'server',
});

const prune = statement({
  name: 'use-count.prune',
  text: 'delete from use_count u where u.ends_at < now()',
  parameters: [],
  scope: 'server',
});

export interface Uses {
  /** This one included. */
  times: number;
  /** Until the count begins anew. */
  seconds: number;
}

/**
 * Counts one use of a key within windows of so many seconds, for all server processes together. `sql`: of no transaction,
 * which would keep others from counting until it commits. The key may be of a person: its digest alone is kept.
 */
export async function countUse(sql: Sql, key: string, window: number): Promise<Uses> {
  const [uses] = await sql.run(count, [createHash('sha256').update(key).digest(), window]);
  return uses!;
}

/** Deletes counts that have ended. */
export async function pruneUseCounts(sql: Sql): Promise<void> {
  await sql.run(prune, []);
}
