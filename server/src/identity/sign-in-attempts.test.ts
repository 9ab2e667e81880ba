import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { serverForThisTest, startServer, type TestServer } from '../../test/harness.ts';
import { startBackground } from '../background.ts';
import type { Sql } from '../platform/db/statement.ts';
import { forbidden, unauthorized } from '../platform/problem.ts';
import { attempt, WrongSecret } from './sign-in-attempts.ts';

describe('attempts for one name', () => {
  let server: TestServer;
  let one: Sql;
  let two: Sql;
  beforeAll(async () => {
    server = await startServer();
    one = server.database.read;
    two = (await server.sibling()).database.read;
  });
  afterAll(() => server.close());
  beforeEach(() => server.sql('truncate sign_in_attempt'));

  const NAME = 'anna@a.example';
  const held = async () =>
    (
      await server.sql<{ failures: number; under_way: boolean }>(
        'select failures, taken_until > now() as under_way from sign_in_attempt',
      )
    )[0];
  const wrong = async () => {
    throw new WrongSecret(unauthorized('wrong'));
  };

  it('wait for the one that another process has under way', async () => {
    const gate = Promise.withResolvers<string>();
    const begun = Promise.withResolvers<void>();
    const first = attempt(one, NAME, () => {
      begun.resolve();
      return gate.promise;
    });
    await begun.promise;
    const looks = vi.spyOn(two, 'run');
    const run = vi.fn(async () => 'second');
    const second = attempt(two, NAME, run);
    await vi.waitFor(() => expect(looks.mock.calls.length).toBeGreaterThan(2));
    expect(run).not.toHaveBeenCalled();
    expect(await held()).toEqual({ failures: 1, under_way: true });
    gate.resolve('first');
    expect([await first, await second]).toEqual(['first', 'second']);
    expect(await held()).toBeUndefined();
  });

  it('are failures until they are known to be none', async () => {
    for (const at of [one, two, one, two]) await expect(attempt(at, NAME, wrong)).rejects.toThrow('wrong');
    await attempt(one, NAME, async () => {
      expect(await held()).toEqual({ failures: 5, under_way: true });
      // As if its process had died.
      await server.sql('update sign_in_attempt set taken_until = now()');
      await expect(attempt(two, NAME, wrong)).rejects.toMatchObject({ status: 429, retryAfter: 1 });
    });
  });

  it('that were refused for another reason do not count', async () => {
    const inactive = async () => {
      throw forbidden('inactive');
    };
    for (const at of [one, two, one, two, one, two]) {
      await expect(attempt(at, NAME, inactive)).rejects.toMatchObject({ status: 403 });
    }
    expect(await held()).toEqual({ failures: 0, under_way: false });
    for (let failure = 1; failure <= 5; failure++) {
      await expect(attempt(two, NAME, wrong)).rejects.toMatchObject({ status: 401 });
      expect(await held()).toEqual({ failures: failure, under_way: false });
    }
    await expect(attempt(one, NAME, inactive)).rejects.toMatchObject({ status: 429 });
  });

  it('are held back longer from failure to failure, a minute at most, and begin anew after an hour', async () => {
    const tried = (at: Sql) =>
      attempt(at, NAME, wrong).catch(({ status, retryAfter }) => (status === 429 ? retryAfter : 'tried'));
    const seen: (number | 'tried')[] = [];
    for (let each = 0; each < 10; each++) {
      seen.push(await tried(one), await tried(two));
      await server.sql("update sign_in_attempt set blocked_until = now() - interval '1 second'");
    }
    const waits = [1, 2, 4, 8, 16, 32, 60, 60].flatMap((seconds) => ['tried', seconds]);
    expect(seen).toEqual(['tried', 'tried', 'tried', 'tried', ...waits]);
    await server.sql("update sign_in_attempt set blocked_until = now() - interval '61 minutes'");
    for (let each = 0; each < 5; each++) expect(await tried(one)).toBe('tried');
    expect(await tried(two)).toBe(1);
  });
});

it('the background forgets failed sign-ins an hour after they held anyone back', async () => {
  const server = await serverForThisTest({});
  for (const minutes of [61, 59, -1]) {
    await server.sql('insert into sign_in_attempt values ($1, 1, now() - make_interval(mins => $2))', [
      Buffer.from(`${minutes}`),
      minutes,
    ]);
  }
  const background = startBackground({
    config: { smtpUrl: undefined, publicUrl: server.url },
    database: server.database,
    log: pino({ level: 'silent' }),
    timing: { poll: 20 },
  });
  onTestFinished(() => background.stop());
  const kept = async () =>
    (await server.sql<{ email_digest: Buffer }>('select email_digest from sign_in_attempt')).map(
      ({ email_digest }) => email_digest.toString(),
    );
  await vi.waitFor(async () => expect((await kept()).sort()).toEqual(['-1', '59']), 10_000);
});
