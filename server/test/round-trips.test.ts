import { beforeAll, describe, expect, it } from 'vitest';
import { countRoundTrips } from './count-round-trips.ts';
import {
  made,
  newContact,
  newCustomField,
  newNote,
  newPool,
  newUser,
  newVacancy,
  someEmail,
  somePartnerId,
} from './factories.ts';
import type { Answer } from './harness.ts';
import { twoCompanies } from './world.ts';

const world = twoCompanies();
const partnerId = somePartnerId();
const email = someEmail();
let contactId: string;
let userId: string;
let fieldId: string;
let poolId: string;
let vacancy: { id: string; hash_id: string; stages: { id: string }[] };
let noteId: string;
const tag = `Tag of ${someEmail()}`;
beforeAll(async () => {
  const { admin } = world.company;
  contactId = (await newContact(admin, { emails: [email], integrations: { workday: { id: partnerId } } })).id;
  userId = (await newUser(world.company, { integrations: { workday: { id: partnerId } } })).id;
  fieldId = (await newCustomField(world.company, { type: 'text' })).id;
  await newContact(admin, { globalTags: [{ value: tag }] });
  poolId = (await newPool(admin)).id;
  vacancy = await newVacancy(world.company, { integrations: { workday: { id: partnerId } } });
  noteId = (await newNote(admin, contactId)).id;
  await made(admin.put(`/v1/pool/${poolId}/contacts`, { id: contactId }));
  await made(admin.put(`/v1/vacancy/${vacancy.id}/contacts/${contactId}`, {}));
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
    ['a pool', () => `/v1/pool/${poolId}`],
    ['a page of pools', () => '/v1/pools'],
    ['the contacts in a pool', () => `/v1/pool/${poolId}/contacts`],
    ["a contact's pools", () => `/v1/contact/${contactId}/pools`],
    ['a vacancy by its hash_id', () => `/v1/vacancy/${vacancy.hash_id}`],
    ['a vacancy by its id', () => `/v1/vacancy/${vacancy.id}`],
    ['a vacancy by an external id', () => `/v1/vacancy/external/workday/${encodeURIComponent(partnerId)}`],
    ['a page of vacancies', () => '/v1/vacancies'],
    ['the contacts on a vacancy', () => `/v1/vacancy/${vacancy.hash_id}/contacts`],
    ["a vacancy's history", () => `/v1/vacancy/${vacancy.hash_id}/history`],
    ["a contact's vacancies", () => `/v1/contact/${contactId}/vacancies`],
    ['a note', () => `/v1/note/${noteId}`],
    ['a page of notes', () => '/v1/notes'],
    ["a contact's notes", () => `/v1/contact/${contactId}/notes`],
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
    // Look at the contact, at its pools and vacancies, take a time, store, commit.
    [
      5,
      'a contact that moves',
      () =>
        patch(`/v1/contact/${contactId}`, {
          lists: [],
          vacancies: [{ id: vacancy.hash_id, stage: { id: vacancy.stages[1]!.id } }],
        }),
    ],
    [
      5,
      'a contact that is moved on a vacancy',
      () =>
        world.company.admin.put(`/v1/vacancy/${vacancy.hash_id}/contacts/${contactId}`, {
          stage: { id: vacancy.stages[0]!.id },
        }),
    ],
    // Hold the pool, look who is unknown, hold the contacts, take their times, store, commit.
    [
      6,
      'contacts that come to a pool',
      () => world.company.admin.put(`/v1/pool/${poolId}/contacts`, { ids: [contactId] }),
    ],
    // Hold the vacancy, change it, look what its external ids collide with, store the rest, commit.
    [
      5,
      'a changed vacancy',
      () => patch(`/v1/vacancy/${vacancy.hash_id}`, { title: someEmail(), updated_at: '2099-01-01' }),
    ],
    [3, 'a new vacancy', () => post('/v1/vacancy', { title: 'New' })],
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
