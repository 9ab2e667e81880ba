import { beforeAll, describe, expect, it } from 'vitest';
import { countRoundTrips } from './count-round-trips.ts';
import { newContact, newCustomField, newUser, someEmail, somePartnerId } from './factories.ts';
import type { Answer } from './harness.ts';
import { twoCompanies } from './world.ts';

const world = twoCompanies();
const partnerId = somePartnerId();
const email = someEmail();
let contactId: string;
let userId: string;
let fieldId: string;
const tag = `Tag of ${someEmail()}`;
beforeAll(async () => {
  const { admin } = world.company;
  contactId = (await newContact(admin, { emails: [email], integrations: { workday: { id: partnerId } } })).id;
  userId = (await newUser(world.company, { integrations: { workday: { id: partnerId } } })).id;
  fieldId = (await newCustomField(world.company, { type: 'text' })).id;
  await newContact(admin, { globalTags: [{ value: tag }] });
});

async function costOf(request: () => Promise<Answer>) {
  const cost = countRoundTrips(world.server.database);
  let status = 0;
  const { roundTrips, transactions, statements } = await cost(async () => {
    ({ status } = await request());
  });
  expect(status).toBe(200);
  return { roundTrips, transactions, statements };
}

describe('a read is one round trip to the database', () => {
  it.each([
    ['a contact by its id', () => `/v1/contact/${contactId}`],
    ['a contact by an external id', () => `/v1/contact/external/workday/${encodeURIComponent(partnerId)}`],
    ['a contact by an email', () => `/v1/contacts?email=${email}`],
    ['a page of contacts', () => '/v1/contacts?limit=200'],
    [
      'a page of the cursor loop',
      () => '/v1/contacts?sort_field=createdAt&created_at=1970-01-01&created_at_op=gte',
    ],
    ['a user by its id', () => `/v1/user/${userId}`],
    ['a user by an external id', () => `/v1/user/external/workday/${encodeURIComponent(partnerId)}`],
    ['a page of users', () => '/v1/users'],
  ])('%s', async (_, path) => {
    const { roundTrips, transactions } = await costOf(() => world.company.admin.get(path()));
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 1, transactions: 0 });
  });

  it('for a role that sees a part of the company, too', async () => {
    const limited = await world.company.user('limited');
    await limited.post('/v1/contact', { fullName: 'Their Own' });
    const { roundTrips, transactions } = await costOf(() => limited.get('/v1/contacts'));
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 1, transactions: 0 });
  });
});

describe('a write is one transaction of at most so many round trips, its commit included', () => {
  it.each([
    // Look for a match, insert with the audit row, commit.
    [3, 'a new contact', () => post('/v1/contact', { fullName: 'New', emails: [someEmail()] })],
    // Besides: everything that the request refers to, in one go; a tag that is new is made after that.
    [4, 'a new contact that refers to a tag, a field, a status and a user', () => referring(tag)],
    [5, 'one that names a new tag', () => referring(`Tag of ${someEmail()}`)],
    // Look, find who holds its keys, store, commit.
    [
      4,
      'a contact that is found by its email',
      () => post('/v1/contact', { emails: [email], firstName: someEmail() }),
    ],
    [4, 'a changed contact', () => patch(`/v1/contact/${contactId}`, { lastName: someEmail() })],
    [
      2,
      'a contact that is changed to what it is',
      () => patch(`/v1/contact/${contactId}`, { emails: [email] }),
    ],
  ])('%i for %s', async (most, _, request) => {
    const { roundTrips, transactions, statements } = await costOf(request);
    expect(transactions).toBe(1);
    expect(roundTrips, statements.join(', ')).toBeLessThanOrEqual(most);
  });
});

const post = (path: string, body: object) => world.company.admin.post(path, body);
const patch = (path: string, body: object) => world.company.admin.patch(path, body);
const referring = (value: string) =>
  post('/v1/contact', {
    emails: [someEmail()],
    assignedTo: userId,
    status: { value: 'Lead' },
    globalTags: [{ value }],
    customFields: [{ id: fieldId, value: 'blue' }],
  });
