import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../test/at-once.ts';
import { keepsCompaniesApart, knowsItsCallers } from '../../../../test/every-operation.ts';
import {
  attendeePath,
  auditTrail,
  contactPath,
  essence,
  eventPath,
  made,
  newContact,
  newEvent,
  newEventField,
} from '../../../../test/factories.ts';
import type { Answer } from '../../../../test/harness.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { attending, listed, metrics, register } from './fixtures/attendees.ts';

const world = twoCompanies();
type Body = Answer['body'];
const STEPS = ['prospect', 'invited', 'registered', 'attended'] as const;
const contact = async (more: object = {}): Promise<string> =>
  (await newContact(world.company.admin, more)).id;
const event = async (more: object = {}): Promise<string> => (await newEvent(world.company, more)).id;
const both = async () => [await event(), await contact()] as const;
const put = (eventId: string, contactId: string, status: string) =>
  world.company.admin.put(attendeePath(eventId, contactId), { status });
const set = (eventId: string, contactId: string, status: string) => made(put(eventId, contactId, status));
const trail = (eventId: string, contactId: string) => auditTrail(world.server, `${eventId}/${contactId}`);
const rowOf = async (eventId: string, contactId: string) =>
  (
    await world.server.sql<Body>('select * from event_attendee where event_id = $1 and contact_id = $2', [
      eventId,
      contactId,
    ])
  )[0];

describe('PUT /v1/attractEvents/{attractEventId}/attendees/{contactId}', () => {
  knowsItsCallers(world, 'PUT', async () => ({
    path: attendeePath(await event(), await contact()),
    body: { status: 'invited' },
  }));
  keepsCompaniesApart(world, 'PUT', event, (id) => attendeePath(id, world.company.admin.id), {
    body: { status: 'invited' },
    look: (id) => eventPath(id, '/attendees'),
  });

  it.each(STEPS)('200: %s, with its time, from the start; an audit row is there', async (status) => {
    const { admin } = world.company;
    const [eventId, contactId] = await both();
    const { fullName, primaryEmail } = (await admin.get(contactPath(contactId))).body;
    const { status: answered, body } = await put(eventId, contactId, status);
    expect(answered).toBe(200);
    expect(body).toEqual({
      contactId,
      status,
      [`${status}At`]: expect.any(String),
      fullName,
      primaryEmail,
      answers: [],
    });
    expect(Math.abs(Date.parse(body[`${status}At`]) - Date.now())).toBeLessThan(60_000);
    expect((await admin.get(eventPath(eventId, '/attendees'))).body).toEqual({ attendees: [body], total: 1 });
    expect(await trail(eventId, contactId)).toEqual(['event-attendee.set']);
  });

  it('200: onwards, each step keeps its time; back, what is behind again loses it', async () => {
    const [eventId, contactId] = await both();
    const at = async (status: string) => {
      const {
        contactId: _id,
        fullName: _name,
        primaryEmail: _email,
        answers: _answers,
        ...at
      } = await set(eventId, contactId, status);
      return at;
    };
    const prospect = await at('prospect');
    const invited = await at('invited');
    expect(invited).toEqual({ ...prospect, status: 'invited', invitedAt: expect.any(String) });
    const registered = await at('registered');
    expect(registered).toEqual({ ...invited, status: 'registered', registeredAt: expect.any(String) });
    const attended = await at('attended');
    expect(attended).toEqual({ ...registered, status: 'attended', attendedAt: expect.any(String) });
    const times = [attended.prospectAt, attended.invitedAt, attended.registeredAt, attended.attendedAt];
    expect(times.toSorted()).toEqual(times);

    expect(await at('registered')).toEqual(registered);
    expect(await at('prospect')).toEqual(prospect);
    const again = await at('attended');
    expect(again).toEqual({ ...prospect, status: 'attended', attendedAt: expect.any(String) });
    expect(again.attendedAt >= attended.attendedAt).toBe(true);
    // A step that was left out has no time, though it counts as reached.
    const back = await at('registered');
    expect(back).toEqual({ ...prospect, status: 'registered', registeredAt: expect.any(String) });
    expect(await trail(eventId, contactId)).toHaveLength(8);
  });

  it('200: after every move the funnel counts who reached at least each step, and the rate who came', async () => {
    const { admin } = world.company;
    const eventId = await event();
    const [a, b, c, d] = (await Promise.all([1, 2, 3, 4].map(() => contact()))) as [
      string,
      string,
      string,
      string,
    ];
    expect(await metrics(admin, eventId)).toEqual([0, 0, 0, 0, 0]);
    for (const [who, status, ...expected] of [
      [a, 'prospect', 1, 0, 0, 0, 0],
      [b, 'invited', 2, 1, 0, 0, 0],
      [c, 'registered', 3, 2, 1, 0, 0],
      [d, 'attended', 4, 3, 2, 1, 0.5],
      [d, 'attended', 4, 3, 2, 1, 0.5],
      [c, 'attended', 4, 3, 2, 2, 1],
      [b, 'registered', 4, 3, 3, 2, 0.667],
      [a, 'registered', 4, 4, 4, 2, 0.5],
      [a, 'attended', 4, 4, 4, 3, 0.75],
      [d, 'registered', 4, 4, 4, 2, 0.5],
      [c, 'prospect', 4, 3, 3, 1, 0.333],
      [a, 'invited', 4, 3, 2, 0, 0],
      [b, 'prospect', 4, 2, 1, 0, 0],
      [d, 'prospect', 4, 1, 0, 0, 0],
    ] as [string, string, ...number[]][]) {
      await set(eventId, who, status);
      expect([status, ...(await metrics(admin, eventId))]).toEqual([status, ...expected]);
    }
    await made(admin.delete(contactPath(a)));
    expect(await metrics(admin, eventId)).toEqual([4, 1, 0, 0, 0]);
    const { funnelList } = (await admin.get(eventPath(eventId))).body.metrics;
    expect(funnelList).toEqual([
      { id: 'prospect', name: 'Prospect', count: 4 },
      { id: 'invited', name: 'Invited', count: 1 },
      { id: 'registered', name: 'Registered', count: 0 },
      { id: 'attended', name: 'Attended', count: 0 },
    ]);
  });

  it('200: a search answers the same metrics', async () => {
    const { admin } = world.company;
    const [eventId, contactId] = await both();
    await set(eventId, contactId, 'attended');
    const { body } = await admin.post('/v1/attractEvents/search', {
      data: [{ id: { op: 'EQ', value: eventId } }],
    });
    expect(body.data[0].metrics).toEqual((await admin.get(eventPath(eventId))).body.metrics);
    expect(body.data[0].metrics.funnel.attended).toBe(1);
  });

  it.each(STEPS)('200: %s again is nothing: no change, no audit row', async (status) => {
    const [eventId, contactId] = await both();
    const first = await set(eventId, contactId, 'attended');
    const moved = status === 'attended' ? first : await set(eventId, contactId, status);
    const row = await rowOf(eventId, contactId);
    const before = await trail(eventId, contactId);
    for (const id of [contactId, contactId.toUpperCase()])
      expect(essence(await put(eventId, id, status))).toEqual({ status: 200, body: moved });
    expect(await rowOf(eventId, contactId)).toEqual(row);
    expect(await trail(eventId, contactId)).toEqual(before);
  });

  it('200: what was answered may be sent back; nothing of it but the status counts', async () => {
    const [eventId, contactId] = await both();
    const answer = await set(eventId, contactId, 'registered');
    const { status, body } = await world.company.admin.put(attendeePath(eventId, contactId), {
      ...answer,
      attendedAt: '2020-01-01T00:00:00Z',
      fullName: 'Someone Else',
    });
    expect([status, body]).toEqual([200, answer]);
  });

  it('200: neither the event nor the contact is another version for it, but for the counts', async () => {
    const { admin } = world.company;
    const [eventId, contactId] = await both();
    const before = (await admin.get(eventPath(eventId))).body;
    const person = (await admin.get(contactPath(contactId))).body;
    await set(eventId, contactId, 'registered');
    const { metrics: _before, ...rest } = before;
    expect((await admin.get(eventPath(eventId))).body).toMatchObject(rest);
    expect((await admin.get(contactPath(contactId))).body).toEqual(person);
    expect(await auditTrail(world.server, eventId)).toEqual(['event.create']);
  });

  it('200: to an event that takes no registration any more, or not yet: the staff knows who was there', async () => {
    const start = { timestamp: '2020-01-01T00:00:00Z' };
    for (const more of [{ status: 'draft' }, { status: 'cancelled' }, { start }])
      expect((await put(await event(more), await contact(), 'attended')).status).toBe(200);
  });

  it('200: what a visitor said stays with it, onwards and back', async () => {
    const company = await world.server.company();
    const question = await newEventField(company, { askedAtRegistration: true });
    const event = await newEvent(company);
    const { id, primaryEmail } = await newContact(company.admin);
    const said = { name: 'As Typed', email: primaryEmail, [`q.${question.id}`]: 'Yes' };
    await register(world.server, event, said);
    for (const status of ['attended', 'invited', 'registered'])
      expect(await made(company.admin.put(attendeePath(event.id, id), { status }))).toMatchObject({
        status,
        givenName: 'As Typed',
        answers: [{ id: question.id, value: 'Yes' }],
      });
  });

  it('200: an archived contact may come too', async () => {
    const [eventId, contactId] = await both();
    await made(world.company.admin.post(contactPath(contactId, '/archive')));
    expect((await put(eventId, contactId, 'invited')).status).toBe(200);
    expect(await listed(world.company.admin, eventId)).toEqual([[contactId], 1]);
  });

  it('200: contacts that do not want to be seen by everyone come by whoever sees them', async () => {
    const marketer = await world.company.user('marketing_team_member', 'confidential');
    const [eventId, contactId] = [await event(), await contact({ confidential: true })];
    const body = { status: 'invited' };
    expect((await marketer.put(attendeePath(eventId, contactId), body)).status).toBe(200);
    expect((await put(eventId, contactId, 'registered')).body.status).toBe('registered');
  });

  it.each([
    ['status', {}],
    ['status', { status: null }],
    ['status', { status: '' }],
    ['status', { status: 'came' }],
    ['status', { status: 'Attended' }],
    ['status', { status: 'cancelled' }],
    ['status', { status: 3 }],
    ['status', { status: ['attended'] }],
    ['status', { status: { id: 'attended' } }],
    ['object', []],
    ['object', null],
  ])('400: names %s: %j', async (name, body) => {
    const [eventId, contactId] = await both();
    const { status, body: answer } = await world.company.admin.put(attendeePath(eventId, contactId), body);
    expect([status, answer.message]).toEqual([400, expect.stringContaining(name)]);
    expect(await rowOf(eventId, contactId)).toBeUndefined();
  });

  it('403: whoever sees the event and the contact, and may not change events; nothing happens', async () => {
    const [eventId, contactId] = await both();
    for (const role of ['admin', 'team_member', 'confidential', 'recruiter_team_member'] as const) {
      const caller = await world.company.user(role);
      const answer = await caller.put(attendeePath(eventId, contactId), { status: 'invited' });
      expect([role, answer.status]).toEqual([role, 403]);
    }
    const limited = await world.company.user('limited');
    const own = await contact({ assignedTo: limited.id });
    expect((await limited.put(attendeePath(eventId, own), { status: 'invited' })).status).toBe(403);
    expect(await listed(world.company.admin, eventId)).toEqual([[], 0]);
  });

  it('404: a contact that the caller does not see, as one that never was, whatever its roles', async () => {
    const eventId = await event();
    const [limited, marketer] = [
      await world.company.user('limited'),
      await world.company.user('marketing_team_member'),
    ];
    const hidden = await contact({ confidential: true });
    for (const [caller, id] of [
      [limited, await contact()],
      [limited, hidden],
      [marketer, hidden],
    ] as const) {
      await set(eventId, id, 'prospect');
      const answer = await caller.put(attendeePath(eventId, id), { status: 'attended' });
      const never = await caller.put(attendeePath(eventId, randomUUID()), { status: 'attended' });
      expect(answer.status).toBe(404);
      expect(essence(answer)).toEqual(essence(never));
      expect((await rowOf(eventId, id)).status).toBe('prospect');
    }
  });

  it('404: a contact that is deleted, anonymised, or whose id is none', async () => {
    const { admin } = world.company;
    const eventId = await event();
    const [deleted, anonymised] = [await contact(), await contact()];
    await set(eventId, anonymised, 'invited');
    await made(admin.delete(contactPath(deleted)));
    await made(admin.post(contactPath(anonymised, '/anonymize')));
    const answers = [];
    for (const id of [deleted, anonymised, randomUUID(), 'none', world.company.admin.id])
      answers.push(essence(await put(eventId, id, 'attended')));
    expect(answers).toEqual(answers.map(() => ({ status: 404, body: expect.anything() })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await rowOf(eventId, anonymised)).status).toBe('invited');
    expect(await rowOf(eventId, deleted)).toBeUndefined();
  });

  it("404: another company's contact, or event, as one that never was; nobody comes there", async () => {
    const { other, company } = world;
    const [eventId, contactId] = await both();
    const [foreignEvent, foreign] = [await newEvent(other), await newContact(other.admin)];
    const never = essence(await put(eventId, randomUUID(), 'invited'));
    expect(essence(await put(eventId, foreign.id, 'invited'))).toEqual(never);
    const nowhere = essence(await put(randomUUID(), contactId, 'invited'));
    expect(essence(await put(foreignEvent.id, contactId, 'invited'))).toEqual(nowhere);
    expect(essence(await put(foreignEvent.id, foreign.id, 'invited'))).toEqual(nowhere);
    expect([never, nowhere]).toMatchObject([{ status: 404 }, { status: 404 }]);
    expect(await listed(company.admin, eventId)).toEqual([[], 0]);
    expect(await listed(other.admin, foreignEvent.id)).toEqual([[], 0]);
  });

  it('404: an event that is deleted, or whose id is none', async () => {
    const [eventId, contactId] = await both();
    await set(eventId, contactId, 'invited');
    await world.company.admin.delete(eventPath(eventId));
    for (const id of [eventId, 'none', contactId])
      expect((await put(id, contactId, 'attended')).status).toBe(404);
    expect((await rowOf(eventId, contactId)).status).toBe('invited');
  });

  it('ten at once to one step: it is there once, with one audit row', async () => {
    const [eventId, contactId] = await both();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => put(eventId, contactId, 'registered')),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await listed(world.company.admin, eventId)).toEqual([[contactId], 1]);
    expect(await metrics(world.company.admin, eventId)).toEqual([1, 1, 1, 0, 0]);
    expect(await trail(eventId, contactId)).toEqual(['event-attendee.set']);
  });

  it('four at once to a step each: each answers its own, each is a change, and the last stays', async () => {
    const [eventId, contactId] = await both();
    const answers = await Promise.all(STEPS.map((step) => put(eventId, contactId, step)));
    expect(answers.map(({ body }) => body.status)).toEqual(STEPS);
    expect(await trail(eventId, contactId)).toEqual(Array(4).fill('event-attendee.set'));
    const [[id], total] = await listed(world.company.admin, eventId);
    expect([id, total]).toEqual([contactId, 1]);
    const { attendees } = (await world.company.admin.get(eventPath(eventId, '/attendees'))).body;
    expect(answers.map(({ body }) => body)).toContainEqual(attendees[0]);
  });

  it('fifty contacts at once: all of them are there', async () => {
    const { admin } = world.company;
    const eventId = await event();
    const ids = await Promise.all(Array.from({ length: 50 }, () => contact()));
    const statuses = await atOnce(50, (each) => put(eventId, ids[each]!, STEPS[each % 4]!));
    expect(statuses).toEqual(Array(50).fill(200));
    const [found, total] = await listed(admin, eventId, '?limit=200');
    expect([found.toSorted(), total]).toEqual([ids.toSorted(), 50]);
    expect(await metrics(admin, eventId)).toEqual([50, 37, 24, 12, 0.5]);
  });

  it('at once with the deletion of the contact: it is refused or there before, and says nothing after', async () => {
    const { admin } = world.company;
    const eventId = await event();
    for (let round = 0; round < 5; round++) {
      const contactId = await contact();
      const [answer, gone] = await Promise.all([
        put(eventId, contactId, 'registered'),
        admin.delete(contactPath(contactId)),
      ]);
      expect(gone.status).toBe(200);
      expect([200, 404]).toContain(answer.status);
      expect((await rowOf(eventId, contactId)) !== undefined).toBe(answer.status === 200);
    }
    expect(await listed(admin, eventId)).toEqual([[], 0]);
  });
});

describe('an attendee', () => {
  it('of one event is none of another, nor of its clone', async () => {
    const { admin } = world.company;
    const [eventId, contactId] = await both();
    const elsewhere = await event();
    await attending(admin, eventId, 'attended', { id: contactId });
    const clone = await made(
      admin.post(`/v1/attractEvents/clone/${eventId}`, { start: { timestamp: '2091-01-01T00:00:00Z' } }),
    );
    for (const id of [elsewhere, clone.id]) {
      expect(await listed(admin, id)).toEqual([[], 0]);
      expect(await metrics(admin, id)).toEqual([0, 0, 0, 0, 0]);
    }
  });
});
