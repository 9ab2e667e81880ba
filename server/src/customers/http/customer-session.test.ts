import { describe, expect, it, vi } from 'vitest';
import { PASSWORD, type TestServer } from '../../../test/harness.ts';
import {
  asCustomer,
  choosePassword,
  customerPath,
  customersPath,
  newCustomer,
  signedInCustomer,
  signInToSuite,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';
import { sessionHash } from '../sessions/session-token.ts';

const world = twoCompanies();

/** A token of the owner's, besides those that it has. */
const newToken = async (more: object = {}): Promise<string> =>
  (await signInToSuite(world.server, world.company, world.company.admin.email, more)).body.token;

const statusOf = async (token: string, server: TestServer = world.server) =>
  (await asCustomer(server, token).get(customerPath(world.company, 1))).status;

/** Moves a token's times, as if they had gone by. */
const moved = (token: string, set: string) =>
  world.server.sql(`update customer_session set ${set} where token_hash = $1`, [sessionHash(token)]);

const rowOf = async (token: string) =>
  (
    await world.server.sql(
      `select expires_at, now() - used_at < interval '1 minute' as used_now, now() - used_at as unused
       from customer_session where token_hash = $1`,
      [sessionHash(token)],
    )
  )[0];

describe('a token without a period', () => {
  it('lives for a day after its last use', async () => {
    for (const [unused, status] of [
      ['23 hours 59 minutes', 200],
      ['24 hours 1 second', 401],
    ] as const) {
      const token = await newToken();
      await moved(token, `used_at = now() - interval '${unused}'`);
      expect([unused, await statusOf(token)]).toEqual([unused, status]);
    }
  });

  it('has its use written down, once in some minutes', async () => {
    const token = await newToken();
    await moved(token, "used_at = now() - interval '4 minutes'");
    expect(await statusOf(token)).toBe(200);
    expect((await rowOf(token))!.used_now).toBe(false);

    const other = await newToken();
    await moved(other, "used_at = now() - interval '23 hours'");
    expect(await statusOf(other)).toBe(200);
    await vi.waitFor(async () => expect((await rowOf(other))!.used_now).toBe(true));
  });

  it('is not revived by its use once it is dead', async () => {
    const token = await newToken();
    await moved(token, "used_at = now() - interval '2 days'");
    expect(await statusOf(token)).toBe(401);
    expect((await rowOf(token))!.used_now).toBe(false);
    expect(await statusOf(token)).toBe(401);
  });

  it('lives for as long as it is used, however long that is', async () => {
    const token = await newToken();
    await moved(token, "created_at = now() - interval '400 days', used_at = now() - interval '1 hour'");
    expect(await statusOf(token)).toBe(200);
  });
});

describe('a token with a period', () => {
  it.each([1, 7, 30])('of %d days lives as long, used or not', async (days) => {
    const token = await newToken({ extended_expiration_period: days });
    const left = (await rowOf(token))!.expires_at.getTime() - Date.now();
    expect(Math.abs(left - days * 24 * 3_600_000)).toBeLessThan(60_000);
    await moved(token, "used_at = now() - interval '29 days'");
    expect(await statusOf(token)).toBe(200);
    const other = await newToken({ extended_expiration_period: days });
    await moved(other, "expires_at = now() - interval '1 second'");
    expect(await statusOf(other)).toBe(401);
  });
});

describe('a token dies within a second, on every server', () => {
  /** Two servers that both know a token, and what it takes for it to die on the other. */
  const watched = async () => {
    const { server, company } = world;
    const sibling = await server.sibling();
    const caller = await signedInCustomer(server, company, 'recruiter');
    const path = customersPath(company);
    const here = async () => (await caller.get(path)).status;
    const there = async () => (await asCustomer(sibling, caller.token).get(path)).status;
    expect([await here(), await there()]).toEqual([200, 200]);
    const dies = async () => {
      await expect.poll(here, { timeout: 1_000, interval: 50 }).toBe(401);
      await expect.poll(there, { timeout: 1_000, interval: 50 }).toBe(401);
    };
    return { caller, sibling, dies };
  };

  it('when its customer is deactivated', async () => {
    const { caller, dies } = await watched();
    await world.company.admin.patch(customerPath(world.company, caller.number), { is_active: false });
    await dies();
  });

  it('when its customer is deleted', async () => {
    const { caller, dies } = await watched();
    await world.company.admin.delete(customerPath(world.company, caller.number));
    await dies();
  });

  it('when the password changes', async () => {
    const { caller, dies } = await watched();
    // A user's face comes to the account, and an administrator sets a password for it.
    await world.company.admin.post('/v1/user', { email: caller.email, password: `${PASSWORD} anew` });
    await dies();
    expect((await signInToSuite(world.server, world.company, caller.email)).status).toBe(400);
  });

  it('when an administrator of the CRM changes the password', async () => {
    const { server, company } = world;
    const { caller } = await watched();
    const user = (await company.admin.post('/v1/user', { email: caller.email })).body;
    const { body } = await signInToSuite(server, company, caller.email);
    const again = asCustomer(server, body.token);
    expect((await again.get(customersPath(company))).status).toBe(200);
    await company.admin.put(`/v1/user/${user.id}`, { password: `${PASSWORD} anew` });
    expect((await again.get(customersPath(company))).status).toBe(401);
    const anew = await signInToSuite(server, company, caller.email, { password: `${PASSWORD} anew` });
    expect(anew.status).toBe(200);
  });

  it('and the tokens of others live on', async () => {
    const { server, company } = world;
    const one = await signedInCustomer(server, company, 'recruiter');
    const two = await signedInCustomer(server, company, 'recruiter');
    await company.admin.delete(customerPath(company, one.number));
    expect((await two.get(customersPath(company))).status).toBe(200);
  });
});

it('a password that is chosen by a link ends the tokens that were there', async () => {
  const { server, company } = world;
  const user = await company.user();
  const made = await newCustomer(company, { email: user.email });
  const { body } = await signInToSuite(server, company, user.email);
  const caller = asCustomer(server, body.token);
  expect((await caller.get(customersPath(company))).status).toBe(200);
  const { mails } = (await company.admin.get('/v1/mail?limit=5')).body;
  const link = mails.find(({ to }: { to: string }) => to === made.email).text.match(/\/invitation\/\S+/)[0];
  expect((await choosePassword(server, link, `${PASSWORD} anew`)).status).toBe(200);
  expect((await caller.get(customersPath(company))).status).toBe(401);
  expect((await user.get('/v1/users')).status).toBe(401);
  expect((await server.signIn(user.email)).status).toBe(401);
  expect((await server.signIn(user.email, `${PASSWORD} anew`)).status).toBe(200);
});

it('a token of another company is none for this one, and says no more than any other', async () => {
  const { server, company, other } = world;
  const stranger = await signedInCustomer(server, other, 'owner');
  expect((await stranger.get(customersPath(company))).status).toBe(404);
  // The company's number in a token leads to its own sessions alone.
  const digits = company.id.toString(16).padStart(8, '0') + stranger.token.slice(8);
  expect(await statusOf(digits)).toBe(401);
});

it('dead tokens are forgotten when their account signs in again', async () => {
  const { server, company } = world;
  const caller = await signedInCustomer(server, company, 'recruiter');
  await moved(caller.token, "used_at = now() - interval '2 days'");
  await signInToSuite(server, company, caller.email);
  expect(await rowOf(caller.token)).toBeUndefined();
});
