import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { tooMany } from '../platform/problem.ts';
import { oneAtATime, type Turns } from './one-at-a-time.ts';

const FREE_FAILURES = 5;
const LONGEST_BLOCK = 60;
const MOST_IN_LINE = 100;
/** Seconds after which an attempt whose process died is a failure, and holds up the name no more. */
const LONGEST_ATTEMPT = 5;
/** Milliseconds between looks whether another process has finished its attempt. */
const LOOK_AGAIN = 25;
const LOOKS = 400;

/** Cut, as the column would round it, and a moment to come holds back. */
const NOW = `date_trunc('milliseconds', now())`;
const blockedAfter = (failures: string) => `${NOW} + make_interval(secs => case
          when ${failures} < ${FREE_FAILURES} then 0
          else least(${LONGEST_BLOCK}, 2 ^ least(10, ${failures} - ${FREE_FAILURES})) end)`;
const counted = `(case when s.blocked_until < now() - interval '1 hour' then 1 else s.failures + 1 end)`;

// A failure until it is known to be none. Of two processes that begin at once, the later one finds the other's row.
const take = statement({
  name: 'sign-in-attempt.take',
  text: `
    with taken as (
      insert into sign_in_attempt as s (email_digest, failures, blocked_until, taken_until)
      select $1::bytea, 1, ${NOW}, now() + make_interval(secs => $2)
      where not exists (
        select from sign_in_attempt h
        where h.email_digest = $1 and (h.blocked_until > now() or h.taken_until > now()))
      on conflict (email_digest) do update set
        failures = ${counted}, blocked_until = ${blockedAfter(counted)}, taken_until = excluded.taken_until
      where s.blocked_until <= now() and s.taken_until <= now()
      returning s.failures)
    select exists (select from taken) as taken,
      coalesce((
        select case when h.taken_until > now() then 0 else ceil(extract(epoch from h.blocked_until - now()))::int4 end
        from sign_in_attempt h where h.email_digest = $1), 0) as seconds`,
  parameters: ['bytea', 'int4'],
  row: { taken: 'bool', seconds: 'int4' },
  scope: 'server',
});

const fail = statement({
  name: 'sign-in-attempt.fail',
  text: `
    update sign_in_attempt s set taken_until = '-infinity', blocked_until = ${blockedAfter('s.failures')}
    where s.email_digest = $1`,
  parameters: ['bytea'],
  scope: 'server',
});

const forgive = statement({
  name: 'sign-in-attempt.forgive',
  text: `
    update sign_in_attempt s
    set taken_until = '-infinity', blocked_until = ${NOW}, failures = greatest(0, s.failures - 1)
    where s.email_digest = $1`,
  parameters: ['bytea'],
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

/** What the `run` of an attempt throws where name and secret do not belong together; the caller gets `answer`. */
export class WrongSecret extends Error {
  readonly answer: Error;
  constructor(answer: Error) {
    super(answer.message);
    this.answer = answer;
  }
}

/**
 * One attempt for a name (an email, an API client's id) after the other, on all processes together, so that each sees
 * what the former's failure left behind. It counts before `run` looks at the secret: WrongSecret leaves it counted,
 * what `run` returns clears the count, and any other error is as if there had been no attempt. Throws a 429 instead
 * while the name is held back: from the fifth failure on 1, 2, 4, … up to 60 s.
 */
export function attempt<T>(sql: Sql, name: string, run: () => Promise<T>): Promise<T> {
  return lineOf(sql).take(name, async () => {
    const key = [digest(name)] as const;
    await takeTurn(sql, key[0]);
    let result: T;
    try {
      result = await run();
    } catch (error) {
      const wrong = error instanceof WrongSecret;
      // Where this fails too, the attempt stays a failure, and the first error is what the caller is told.
      const told = sql.run(wrong ? fail : forgive, key);
      if (wrong) await told;
      else await told.catch(() => {});
      throw wrong ? error.answer : error;
    }
    await sql.run(clear, key);
    return result;
  });
}

/** Waits while another process has an attempt for this name under way. */
async function takeTurn(sql: Sql, key: Buffer): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const [found] = await sql.run(take, [key, LONGEST_ATTEMPT]);
    const { taken, seconds } = found!;
    if (taken) return;
    if (seconds > 0) throw tooMany(`too many failed sign-ins; try again in ${seconds} s`, seconds);
    await sleep(LOOK_AGAIN);
  }
  throw crowded();
}

export async function clearFailures(sql: Sql, name: string): Promise<void> {
  await sql.run(clear, [digest(name)]);
}

/** Deletes what counts for nothing any more. */
export async function pruneAttempts(sql: Sql): Promise<void> {
  await sql.run(prune, []);
}

const lines = new WeakMap<Sql, Turns>();

/** Who waits in this process, so that only the first of them asks the database; a process has one database. */
function lineOf(sql: Sql): Turns {
  const line = lines.get(sql) ?? oneAtATime({ most: MOST_IN_LINE, refuse: crowded });
  lines.set(sql, line);
  return line;
}

const crowded = () => tooMany('too many sign-ins at once; try again in 1 s', 1);

function digest(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}
