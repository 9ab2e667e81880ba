import { describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../../test/harness.ts';
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
