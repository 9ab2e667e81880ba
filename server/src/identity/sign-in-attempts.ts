import { createHash } from 'node:crypto';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { tooMany } from '../platform/problem.ts';

const FREE_FAILURES = 5;
const LONGEST_BLOCK = 60;

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

/** Throws a 429 while a name (an email, an API client's id) is held back: from the fifth failure on 1, 2, 4, … up to 60 s. */
export async function requireNotBlocked(sql: Sql, name: string): Promise<void> {
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

function digest(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}
