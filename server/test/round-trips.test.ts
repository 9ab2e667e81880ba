import { beforeAll, describe, expect, it } from 'vitest';
import { crowdOf, query } from './changes.ts';
import { costOfAnswer } from './count-round-trips.ts';
import {
  attendeePath,
  eventPath,
  made,
  newContact,
  newCustomField,
  newEvent,
  newEventField,
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
let eventId: string;
let eventFieldId: string;
let cancelledId: string;
let doomedId: string;
let mailId: string;
let changes: Awaited<ReturnType<typeof crowdOf>>;
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
  eventFieldId = (await newEventField(world.company)).id;
  eventId = (await newEvent(world.company, { customFields: [{ id: eventFieldId, value: 'blue' }] })).id;
  await made(admin.put(attendeePath(eventId, contactId), { status: 'invited' }));
  cancelledId = (await newEvent(world.company, { status: 'cancelled' })).id;
  doomedId = (await newEvent(world.company)).id;
  // Its invitation is a mail.
  await newUser(world.company, { allowSSO: false });
  changes = await crowdOf(world.server, 5);
  mailId = (await admin.get('/v1/mail')).body.mails[0].id;
});

const costOf = (request: () => Promise<Answer>, success?: number) =>
  costOfAnswer(world.server.database, request, success);

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
    ['an event', () => eventPath(eventId)],
    ['the attendees of an event', () => eventPath(eventId, '/attendees')],
    ["the events' custom fields", () => '/v1/attractEvents/customfields'],
    ['a custom field of events', () => `/v1/attractEvents/customfields/${eventFieldId}`],
    ['a page of mails', () => '/v1/mail'],
    ['a mail', () => `/v1/mail/${mailId}`],
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

describe('a list of changes', () => {
  // Until when changes are settled, and whether places are known; the rest after that.
  it.each([
    ['that fits one page is two, and writes nothing', 2, [0, 200], ['contact.list']],
    ['that does not fit is four, and gives the places', 4, [0, 2], ['contact.list', 'begin', 'page', 'drop']],
    ['in the middle is two, and writes nothing', 2, [2, 2], ['page']],
    ['at the end is three', 3, [4, 2], ['extend', 'page']],
    ['begun again is three', 3, [0, 2], ['contact.list', 'extend']],
  ])('%s', async (_, most, [offset, limit], names) => {
    const path = query(changes.since, offset!, limit!);
    const { roundTrips, transactions, statements } = await costOf(() => changes.admin.get(path));
    expect({ roundTrips, transactions }).toEqual({ roundTrips: most, transactions: 0 });
    const told = statements.map((name) => /^contact-walk\.([a-z]+)|^[a-z]+\.[a-z]+/.exec(name)!);
    expect(told.map(([whole, short]) => short ?? whole).toSorted()).toEqual(
      [...names, 'contact.settled', 'find'].toSorted(),
    );
  });
});

describe('a search of events', () => {
  const search = (...data: object[]) => costOf(() => post('/v1/attractEvents/search', { data }));

  it.each([
    ['everything', []],
    ['a word', [{ FULL_TEXT_PREFIX: { op: 'FULL_TEXT_PREFIX', value: 'event' } }]],
    ['one or another', [{ type: { op: 'EQ', value: 'meetup' } }, { deletedAt: { op: 'NEQ', value: null } }]],
  ])('is one round trip: %s', async (_, data) => {
    const { roundTrips, transactions } = await search(...data);
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 1, transactions: 0 });
  });

  it('is two where it asks about custom fields, which it has to know', async () => {
    const { roundTrips, transactions, statements } = await search({
      customFields: { [eventFieldId]: { op: 'EQ', value: 'blue' } },
    });
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 2, transactions: 0 });
    expect(statements[0]).toBe('event-custom-field.types');
  });
});

describe('what is always the same is none', () => {
  it.each(['types', 'locationtypes'])('the %s of events', async (which) => {
    const { roundTrips, transactions } = await costOf(() =>
      world.company.admin.get(`/v1/attractEvents/${which}`),
    );
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 0, transactions: 0 });
  });
});

describe('a usual write of a contact is one statement, behind a look at what is there', () => {
  it.each([
    [1, 'a new contact', () => post('/v1/contact', { fullName: 'New', emails: [someEmail()] })],
    [2, 'a changed contact', () => patch(`/v1/contact/${contactId}`, { lastName: someEmail() })],
    [
      1,
      'a contact that is changed to what it is',
      () => patch(`/v1/contact/${contactId}`, { emails: [email] }),
    ],
  ])('%i for %s', async (trips, _, request) => {
    const { roundTrips, transactions } = await costOf(request);
    expect({ roundTrips, transactions }).toEqual({ roundTrips: trips, transactions: 0 });
  });
});

describe('a write is one transaction of at most so many round trips, its commit included', () => {
  it.each([
    // Look for a match and for everything that the request refers to, insert with the audit row, commit.
    [4, 'a new contact that refers to a tag, a field, a status and a user', () => referring(tag)],
    [5, 'one that names a new tag', () => referring(`Tag of ${someEmail()}`)],
    // Find that it is none to be made, look, find who holds its keys, store, commit.
    [
      5,
      'a contact that is found by its email',
      () => post('/v1/contact', { emails: [email], firstName: someEmail() }),
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
    // What it refers to, store, read, commit.
    [
      4,
      'a new event',
      () =>
        post('/v1/attractEvents', {
          name: 'New',
          type: 'meetup',
          start: { timestamp: '2090-01-01' },
          owner: { id: userId },
          customFields: [{ id: eventFieldId, value: 'red' }],
        }),
    ],
    // Look, what it refers to, hold it, store, read, commit.
    [
      6,
      'a changed event',
      () =>
        put(eventPath(eventId), { name: someEmail(), customFields: [{ id: eventFieldId, value: 'red' }] }),
    ],
    [4, 'an event that is changed to what it is', () => put(eventPath(eventId), { type: 'meetup' })],
    // Look, hold the fields, look again, store, read, commit.
    [
      6,
      'the clone of an event',
      () => post(`/v1/attractEvents/clone/${eventId}`, { start: { timestamp: '2091-01-01' } }),
    ],
    // Look, hold it, store, read, commit.
    [5, 'a cancelled event', () => post(eventPath(eventId, '/cancel'), {})],
    [3, 'an event that is cancelled again', () => post(eventPath(cancelledId, '/cancel'), {})],
    // Look at the event and hold the contact, move, read, commit.
    [4, 'an attendee that moves', () => put(attendeePath(eventId, contactId), { status: 'attended' })],
    [
      4,
      'an attendee that stays where it is',
      () => put(attendeePath(eventId, contactId), { status: 'attended' }),
    ],
    // Hold it, have it tried, commit.
    [3, 'a mail that is tried again', () => post(`/v1/mail/${mailId}/retry`, {})],
  ])('%i for %s', async (most, _, request) => {
    const { roundTrips, transactions, statements } = await costOf(request);
    expect(transactions).toBe(1);
    expect(roundTrips, statements.join(', ')).toBeLessThanOrEqual(most);
  });

  it.each([
    // Look at the event and hold the contact, take it off, say so, commit.
    [4, 'an attendee that is taken off', () => attendeePath(eventId, contactId)],
    // Look, hold it, delete, say so, commit.
    [5, 'a deleted event', () => eventPath(doomedId)],
  ])('%i for %s', async (most, _, path) => {
    const { roundTrips, transactions, statements } = await costOf(
      () => world.company.admin.delete(path()),
      204,
    );
    expect(transactions).toBe(1);
    expect(roundTrips, statements.join(', ')).toBeLessThanOrEqual(most);
  });
});

const post = (path: string, body: object) => world.company.admin.post(path, body);
const put = (path: string, body: object) => world.company.admin.put(path, body);
const patch = (path: string, body: object) => world.company.admin.patch(path, body);
const referring = (value: string) =>
  post('/v1/contact', {
    emails: [someEmail()],
    assignedTo: userId,
    status: { value: 'Lead' },
    globalTags: [{ value }],
    customFields: [{ id: fieldId, value: 'blue' }],
  });
