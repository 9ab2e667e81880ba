import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Answer, TestServer } from '../../../test/harness.ts';
import { serverForThisTest } from '../../../test/harness.ts';

const TRIES = 25;
const many = (ask: () => Promise<Answer>) => Promise.all(Array.from({ length: TRIES }, ask));

/** Of a burst at least the limit gets through; each answer says where it stands, each refusal when to come back. */
function expectLimited(answers: Answer[], limit: number, through: number): void {
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === through).length).toBe(answers.length - refused.length);
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(limit);
  expect(refused.length).toBeGreaterThan(0);
  for (const { status, headers, body } of answers) {
    expect(headers.get('x-ratelimit-limit')).toBe(`${limit};w=1`);
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(0);
    const remaining = Number(headers.get('x-ratelimit-remaining'));
    if (status === through) expect(remaining).toBeLessThan(limit);
    else {
      expect(remaining).toBe(0);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(body).toEqual({
        code: 429,
        message: expect.any(String),
        request_id: headers.get('x-request-id'),
      });
    }
  }
}

describe('rate limits', () => {
  it("429: a company's requests past its limit, and no other company's", async () => {
    const server = await serverForThisTest({ rateCompany: 5 });
    const [busy, calm] = [await server.company(), await server.company()];
    const answers = await many(() => busy.admin.get('/v1/users?limit=0'));
    expectLimited(answers, 5, 200);
    expect((await calm.admin.get('/v1/users?limit=0')).status).toBe(200);
  });

  it('200: all users of a company draw on one limit', async () => {
    const server = await serverForThisTest({ rateCompany: 1000 });
    const company = await server.company();
    const callers = [company.admin, await company.user()];
    // A new second may begin between the two: then they are asked again.
    await vi.waitFor(async () => {
      const answers = await Promise.all(callers.map((caller) => caller.get('/v1/users?limit=0')));
      const left = answers.map(({ headers }) => Number(headers.get('x-ratelimit-remaining')));
      expect(Math.abs(left[0]! - left[1]!)).toBe(1);
    });
  });

  it('429: sign-ins past their limit, which company requests do not count against', async () => {
    const server = await serverForThisTest({ rateAuth: 5 });
    expectLimited(await many(() => server.call('GET', '/v1/auth')), 5, 400);
    const { token } = (await (await server.sibling()).company()).admin;
    expect(
      (await many(() => server.call('GET', '/v1/users', { token }))).map(({ status }) => status),
    ).toEqual(Array.from({ length: TRIES }, () => 200));
  });

  it('429: requests without a token, and unknown routes, by address', async () => {
    const server = await serverForThisTest({ rateCompany: 5 });
    expectLimited(await many(() => server.call('GET', '/v1/contacts')), 5, 401);
    const other = await serverForThisTest({ rateCompany: 5 });
    expectLimited(await many(() => other.call('GET', '/v1/nothing')), 5, 404);
  });

  it('200: health checks are not counted, and 0 is no limit', async () => {
    const server = await serverForThisTest({ rateCompany: 1 });
    expect((await many(() => server.call('GET', '/healthz'))).map(({ status }) => status)).toEqual(
      Array.from({ length: TRIES }, () => 200),
    );
    const open = await serverForThisTest({ rateCompany: 0, rateAuth: 0 });
    const { admin } = await open.company();
    const answers = await many(() => admin.get('/v1/users?limit=0'));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('the rate limits of two servers on one database', () => {
  /** Both in one second, which passes afterwards. How many got through at each. */
  async function inOneSecond(...asks: (() => Promise<Answer>)[]): Promise<number[]> {
    const answers = await Promise.all(asks.map(many));
    vi.advanceTimersByTime(1_000);
    return answers.map((all) => all.filter(({ status }) => status !== 429).length);
  }
  const timeStands = () => {
    vi.useFakeTimers({
      toFake: ['Date', 'setTimeout', 'clearTimeout'],
      now: Math.ceil(Date.now() / 1000) * 1000,
    });
    onTestFinished(() => void vi.useRealTimers());
  };
  const twoServers = async (rates: { rateCompany?: number; rateAuth?: number }) => {
    const one = await serverForThisTest(rates);
    return [one, await one.sibling()] as const;
  };
  const exchange = async (...servers: TestServer[]) => {
    for (const server of [...servers, servers[0]!]) await server.exchange();
  };

  it('429: a company that asks both for more than its limit gets it once', async () => {
    const [one, two] = await twoServers({ rateCompany: 10 });
    const { token } = (await one.company()).admin;
    const other = (await one.company()).admin;
    const at =
      (server: TestServer, by = token) =>
      () =>
        server.call('GET', '/v1/users?limit=0', { token: by });
    timeStands();
    expect(await inOneSecond(at(one), at(two), at(one, other.token))).toEqual([10, 10, 10]);
    await exchange(one, two);
    expect(await inOneSecond(at(one), at(two), at(one, other.token))).toEqual([5, 5, 10]);
    await exchange(one, two);
    const refused = (await many(at(two))).find(({ status }) => status === 429)!;
    expect(refused.headers.get('x-ratelimit-limit')).toBe('10;w=1');
    expect(refused.body.message).toContain('more than 10 requests a second');
    vi.advanceTimersByTime(1_000);

    // The first server is asked no more: two seconds on, the second one has the whole limit.
    await inOneSecond(at(two));
    await exchange(one, two);
    expect(await inOneSecond(at(two))).toEqual([10]);
  });

  it('429: an address that signs in at both, or asks both without a token', async () => {
    const [one, two] = await twoServers({ rateAuth: 4, rateCompany: 8 });
    const asks = (['/v1/auth', '/v1/contacts'] as const).flatMap((path) =>
      [one, two].map((server) => () => server.call('GET', path)),
    );
    timeStands();
    expect(await inOneSecond(...asks)).toEqual([4, 4, 8, 8]);
    await exchange(one, two);
    expect(await inOneSecond(...asks)).toEqual([2, 2, 4, 4]);
    const rows = await one.sql('select demand::text from process_demand');
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0\.1|::1|address|sign/);
  });

  it('200: what was told and not taken back by a server that is gone counts no more', async () => {
    const [one, two] = await twoServers({ rateCompany: 10 });
    const { token } = (await one.company()).admin;
    const at = (server: TestServer) => () => server.call('GET', '/v1/users?limit=0', { token });
    timeStands();
    await inOneSecond(at(one), at(two));
    await two.exchange();
    await one.sql("update process_demand set seen_at = now() - interval '2 hours'");
    await one.exchange();
    expect(await inOneSecond(at(one))).toEqual([10]);
  });
});
