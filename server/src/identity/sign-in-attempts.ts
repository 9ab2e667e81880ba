import { createHash } from 'node:crypto';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { tooMany } from '../platform/problem.ts';
import { oneAtATime } from './one-at-a-time.ts';

const FREE_FAILURES = 5;
const LONGEST_BLOCK = 60;
const MOST_IN_LINE = 100;

const blocked = statement({
  name: 'sign-in-attempt.blocked',
  text: `
    select ceil(extract(epoch from s.blocked_until - now()))::int4 as seconds
    from sign_in_attempt s where s.email_digest = $1 and s.blocked_until > now()`,
  parameters: ['bytea'],
  row: { seconds: 'int4' },
  scope: 'server',
});

const fail = statement({
  name: 'sign-in-attempt.fail',
  text: `
    insert into sign_in_attempt as s (email_digest, failures, blocked_until) values ($1, 1, now())
    on conflict (email_digest) do update set
      failures = case when s.blocked_until < now() - interval '1 hour' then 1 else s.failures + 1 end,
      blocked_until = now() + make_interval(secs => case
        when s.failures + 1 < $2 or s.blocked_until < now() - interval '1 hour' then 0
        else least($3, 2 ^ least(10, s.failures + 1 - $2)) end)`,
  parameters: ['bytea', 'int4', 'int4'],
  scope: 'server',
});

const clear = statement({
  name: 'sign-in-attempt.clear',
  text: 'delete from sign_in_attempt s where s.email_digest = $1',
  parameters: ['bytea'],
  scope: 'server',
});

const prune = statement({
  name: 'sign-in-attempt.prune',
  text: `delete from sign_in_attempt s where s.blocked_until < now() - interval '1 hour'`,
  parameters: [],
  scope: 'server',
});

const turns = oneAtATime({
  most: MOST_IN_LINE,
  refuse: () => tooMany('too many sign-ins at once; try again in 1 s', 1),
});

/**
 * One attempt for a name (an email, an API client's id) after the other, so that each sees what the former's failure
 * left behind. `run` records how it went. Throws a 429 instead while the name is held back: from the fifth failure on
 * 1, 2, 4, … up to 60 s.
 */
export function attempt<T>(sql: Sql, name: string, run: () => Promise<T>): Promise<T> {
  return turns.take(name, async () => {
    await requireNotBlocked(sql, name);
    return run();
  });
}

async function requireNotBlocked(sql: Sql, name: string): Promise<void> {
  const [held] = await sql.run(blocked, [digest(name)]);
  if (held) {
    throw tooMany(`too many failed sign-ins; try again in ${held.seconds} s`, Math.max(1, held.seconds));
  }
}

/** Counts a failure, of a name that exists or not. An hour without one starts the count anew. */
export async function recordFailure(sql: Sql, name: string): Promise<void> {
  await sql.run(fail, [digest(name), FREE_FAILURES, LONGEST_BLOCK]);
}

export async function clearFailures(sql: Sql, name: string): Promise<void> {
  await sql.run(clear, [digest(name)]);
}

/** Deletes what counts for nothing any more. */
export async function pruneAttempts(sql: Sql): Promise<void> {
  await sql.run(prune, []);
}

function digest(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}
