import { beforeAll, describe, expect, it } from 'vitest';
import { blackPng } from '../src/platform/images/fixtures/pictures.ts';
import { costOfAnswer } from './count-round-trips.ts';
import { newUser, someEmail } from './factories.ts';
import type { Answer } from './harness.ts';
import {
  customerPath,
  customersPath,
  followed,
  newCustomer,
  numberOf,
  ownerOf,
  type SuiteCaller,
  signInToSuite,
} from './suite.ts';
import { twoCompanies } from './world.ts';

const world = twoCompanies();
const photo = `data:image/png;base64,${blackPng(2, 2).toString('base64')}`;
let owner: SuiteCaller;
let customer: number;
let withPhoto: number;
beforeAll(async () => {
  owner = await ownerOf(world.server, world.company);
  customer = await spare();
  withPhoto = await spare({ photo });
});

const costOf = (request: () => Promise<Answer>, success?: number) =>
  costOfAnswer(world.server.database, request, success);
const path = (number: number, step = '') => customerPath(world.company, number, step);
const spare = async (more: object = {}) => numberOf(await newCustomer(world.company, more, owner));

describe.each(['/api/v3', '/v1'])('with a token of %s, a read is one round trip to the database', (api) => {
  const caller = () => (api === '/v1' ? world.company.admin : owner);

  it.each([
    ['a page of customers', () => customersPath(world.company)],
    [
      'a page of some customers, in another order',
      () => customersPath(world.company, '?account_type=recruiter&is_active=true&order_by=-email&limit=1000'),
    ],
    ['a customer', () => path(customer)],
    ["a customer's account", () => `/api/v3/customusers/${customer}/`],
    ["a customer's projects", () => path(customer, 'projects/')],
    ['the company', () => `/api/v3/companies/${world.company.id}/`],
    ['the company by its identifier', () => `/api/v3/company-by-identifier/${world.company.identifier}/`],
  ])('%s', async (_, asked) => {
    const { roundTrips, transactions } = await costOf(() => caller().get(asked()));
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 1, transactions: 0 });
  });

  it('a photo, by the address that it was given', async () => {
    const address = followed((await caller().get(path(withPhoto))).body.photo);
    const { roundTrips, transactions } = await costOf(() => world.server.call('GET', address));
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 1, transactions: 0 });
  });
});

describe('signing in', () => {
  it('is four round trips', async () => {
    // Who it is, whether the name is held back, that it no longer is, the session.
    const { roundTrips, transactions } = await costOf(() =>
      signInToSuite(world.server, world.company, owner.email),
    );
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 4, transactions: 0 });
  });
});

const create = (more: object) =>
  owner.post(customersPath(world.company), { email: someEmail(), account_type: 'recruiter', ...more });
const change = (number: number, body: object) => owner.patch(path(number), body);

/** An import of everyone who is there, but for those at `without`, and of some who are not. */
async function importing(fresh: number, { without = [] as number[], query = '' } = {}) {
  const { objects } = (await owner.get(customersPath(world.company, '?limit=1000&is_active=true'))).body;
  const rows = [
    ...objects.filter(
      (one: Answer['body']) => one.account_type !== 'owner' && !without.includes(numberOf(one)),
    ),
    ...Array.from({ length: fresh }, () => ({
      username: someEmail(),
      email: someEmail(),
      account_type: 'recruiter',
    })),
  ].map(({ username, email, account_type }) => ({
    pk_attribute: 'username',
    username,
    email,
    account_type,
  }));
  return () => owner.post(customersPath(world.company, `batch-import/${query}`), rows);
}

describe('a write is one transaction of at most so many round trips, its commit included', () => {
  it.each<[most: number, what: string, success: number, request: () => Promise<() => Promise<Answer>>]>([
    // A number, who has the email, who has the username; the account and its email, the customer; the invitation, the
    // company's name, the mail; the audit row, read, commit.
    [12, 'a new customer', 201, async () => () => create({})],
    [12, 'a new customer with a photo', 201, async () => () => create({ photo })],
    // No account, but whether it is a customer, and what it says of the person.
    [
      12,
      "the second face of a user's account",
      201,
      async () => {
        const { email } = await newUser(world.company);
        return () => create({ email });
      },
    ],
    // Hold, store, audit row, read, commit.
    [5, 'a changed customer', 202, async () => () => change(customer, { position: someEmail() })],
    [5, 'a customer that is deactivated', 202, async () => () => change(customer, { is_active: false })],
    [5, 'a customer that is active again', 202, async () => () => change(customer, { is_active: true })],
    [2, 'a customer that is changed to what it is', 202, async () => () => change(customer, {})],
    // Besides: remove the file that was there.
    [6, 'a customer with another photo', 202, async () => () => change(withPhoto, { photo })],
    // Besides: who has the email; the old email, the new one, the account; the invitation, the company's name, the mail.
    [
      12,
      'an invited customer with another email',
      202,
      async () => () => change(customer, { email: someEmail() }),
    ],
    // Hold, store, the invitation, the company's name, the mail, audit row, commit.
    [7, 'a customer that is invited again', 200, async () => () => owner.patch(path(customer, 'reinvite/'))],
    // Hold, who deletes it, the customer; its account, tokens and email; the mail, audit row, commit.
    [
      9,
      'a deleted customer',
      204,
      async () => {
        const number = await spare();
        return () => owner.delete(path(number));
      },
    ],
    [
      10,
      'a deleted customer with a photo',
      204,
      async () => {
        const number = await spare({ photo });
        return () => owner.delete(path(number));
      },
    ],
    // Hold the counter and the customers, plan anew, the customers by the thousands, the rows likewise, commit.
    [6, 'an import that changes nothing', 200, () => importing(0)],
    [4, 'an import that only says what would happen', 200, () => importing(3, { query: '?dry_run=true' })],
    // Besides: their numbers, their emails, everything else of a thousand in one go.
    [9, 'an import of new customers', 200, () => importing(30)],
    // Besides: the change, the audit rows.
    [8, 'an import without some who were there', 200, async () => importing(0, { without: [await spare()] })],
  ])('%i for %s', async (most, _, success, request) => {
    const prepared = await request();
    const { roundTrips, transactions, statements } = await costOf(prepared, success);
    expect(transactions).toBe(1);
    expect(roundTrips, statements.join(', ')).toBeLessThanOrEqual(most);
  });
});
