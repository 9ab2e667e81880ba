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
const remove = (eventId: string, contactId: string) =>
  world.company.admin.delete(attendeePath(eventId, contactId));

/** An event with an attendee. */
async function attendance(status = 'registered', more: object = {}) {
  const eventId: string = (await newEvent(world.company)).id;
  const contact: Body = await newContact(world.company.admin, more);
  await attending(world.company.admin, eventId, status, contact);
  return { eventId, contactId: contact.id as string };
}

describe('DELETE /v1/attractEvents/{attractEventId}/attendees/{contactId}', () => {
  knowsItsCallers(
    world,
    'DELETE',
    async () => {
      const { eventId, contactId } = await attendance();
      return { path: attendeePath(eventId, contactId) };
    },
    { success: 204 },
  );
  keepsCompaniesApart(
    world,
    'DELETE',
    async () => (await attendance()).eventId,
    (id) => attendeePath(id, world.company.admin.id),
    { look: (id) => eventPath(id, '/attendees') },
  );

  it.each(['prospect', 'invited', 'registered', 'attended'])(
    '204: %s: out of the list and the counts, and an audit row is there',
    async (status) => {
      const { admin } = world.company;
      const { eventId, contactId } = await attendance(status);
      const stays = await newContact(admin);
      await attending(admin, eventId, 'registered', stays);
      const answer = await remove(eventId, contactId);
      expect([answer.status, answer.body]).toEqual([204, '']);
      expect(await listed(admin, eventId)).toEqual([[stays.id], 1]);
      expect(await metrics(admin, eventId)).toEqual([1, 1, 1, 0, 0]);
      expect(await auditTrail(world.server, `${eventId}/${contactId}`)).toEqual([
        'event-attendee.set',
        'event-attendee.remove',
      ]);
      expect((await admin.get(contactPath(contactId))).status).toBe(200);
    },
  );

  it('204: what it said goes along; at another event it stays', async () => {
    const company = await world.server.company();
    const { admin } = company;
    const question = await newEventField(company, { askedAtRegistration: true });
    const [event, another] = [await newEvent(company), await newEvent(company)];
    const { id, primaryEmail } = await newContact(admin);
    const form = { name: 'As Typed', email: primaryEmail, [`q.${question.id}`]: 'Yes' };
    await register(world.server, event, form);
    await register(world.server, another, form);
    const before = (await admin.get(eventPath(another.id, '/attendees'))).body;
    expect((await admin.delete(attendeePath(event.id, id))).status).toBe(204);
    expect(await world.server.sql('select event_id from event_answer where contact_id = $1', [id])).toEqual([
      { event_id: another.id },
    ]);
    expect((await admin.get(eventPath(another.id, '/attendees'))).body).toEqual(before);
    // Nor does it come back.
    const again = await made(admin.put(attendeePath(event.id, id), { status: 'invited' }));
    expect(again).not.toHaveProperty('givenName');
    expect(again.answers).toEqual([]);
  });

  it('204: who comes again comes as if for the first time', async () => {
    const { admin } = world.company;
    const { eventId, contactId } = await attendance('attended');
    const after = await newContact(admin);
    await attending(admin, eventId, 'invited', after);
    await remove(eventId, contactId);
    const [again] = await attending(admin, eventId, 'registered', { id: contactId });
    expect(again).not.toHaveProperty('attendedAt');
    expect(await listed(admin, eventId)).toEqual([[after.id, contactId], 2]);
  });

  it('204: an archived contact, and ids in either case', async () => {
    const { eventId, contactId } = await attendance();
    await made(world.company.admin.post(contactPath(contactId, '/archive')));
    expect((await remove(eventId.toUpperCase(), contactId.toUpperCase())).status).toBe(204);
    expect(await auditTrail(world.server, `${eventId}/${contactId}`)).toHaveLength(2);
  });

  it('403: whoever sees the event and the contact, and may not change events; nothing happens', async () => {
    const limited = await world.company.user('limited');
    const { eventId, contactId } = await attendance('registered', { assignedTo: limited.id });
    for (const caller of [
      limited,
      await world.company.user('admin'),
      await world.company.user('confidential'),
    ])
      expect((await caller.delete(attendeePath(eventId, contactId))).status).toBe(403);
    expect(await listed(world.company.admin, eventId)).toEqual([[contactId], 1]);
  });

  it('404: a contact that the caller does not see, as one that never was, whatever its roles', async () => {
    const hidden = await attendance('registered', { confidential: true });
    const [limited, marketer] = [
      await world.company.user('limited'),
      await world.company.user('marketing_admin'),
    ];
    for (const [caller, { eventId, contactId }] of [
      [limited, await attendance()],
      [limited, hidden],
      [marketer, hidden],
    ] as const) {
      const answer = await caller.delete(attendeePath(eventId, contactId));
      expect(answer.status).toBe(404);
      expect(essence(answer)).toEqual(essence(await caller.delete(attendeePath(eventId, randomUUID()))));
      expect(await listed(world.company.admin, eventId)).toEqual([[contactId], 1]);
    }
  });

  it('404: who is no attendee, or no longer; no audit row', async () => {
    const { admin } = world.company;
    const { eventId, contactId } = await attendance();
    const elsewhere = await attendance();
    for (const id of [(await newContact(admin)).id, elsewhere.contactId]) {
      expect((await remove(eventId, id)).status).toBe(404);
      expect(await auditTrail(world.server, `${eventId}/${id}`)).toEqual([]);
    }
    expect((await remove(eventId, contactId)).status).toBe(204);
    expect((await remove(eventId, contactId)).status).toBe(404);
    expect(await listed(admin, elsewhere.eventId)).toEqual([[elsewhere.contactId], 1]);
  });

  it('404: a contact that is deleted or anonymised; it stays in the counts', async () => {
    const { admin } = world.company;
    const { eventId, contactId } = await attendance('attended');
    const anonymised = await newContact(admin);
    await attending(admin, eventId, 'registered', anonymised);
    await made(admin.delete(contactPath(contactId)));
    await made(admin.post(contactPath(anonymised.id, '/anonymize')));
    for (const id of [contactId, anonymised.id, 'none']) expect((await remove(eventId, id)).status).toBe(404);
    expect(await metrics(admin, eventId)).toEqual([2, 2, 2, 1, 0.5]);
  });

  it("404: another company's event or contact, and nothing happens there", async () => {
    const { other } = world;
    const { eventId, contactId } = await attendance();
    const foreignEvent = await newEvent(other);
    const foreign = await newContact(other.admin);
    await attending(other.admin, foreignEvent.id, 'registered', foreign);
    for (const [event, contact] of [
      [foreignEvent.id, foreign.id],
      [foreignEvent.id, contactId],
      [eventId, foreign.id],
    ])
      expect((await remove(event, contact)).status).toBe(404);
    expect(await listed(other.admin, foreignEvent.id)).toEqual([[foreign.id], 1]);
    expect(await listed(world.company.admin, eventId)).toEqual([[contactId], 1]);
  });

  it('404: an event that is deleted', async () => {
    const { eventId, contactId } = await attendance();
    await world.company.admin.delete(eventPath(eventId));
    expect((await remove(eventId, contactId)).status).toBe(404);
  });

  it('204: of ten at once one takes it off', async () => {
    const { eventId, contactId } = await attendance();
    const statuses = await atOnce(10, () => remove(eventId, contactId));
    expect(statuses).toEqual([204, ...Array(9).fill(404)]);
    expect(await auditTrail(world.server, `${eventId}/${contactId}`)).toEqual([
      'event-attendee.set',
      'event-attendee.remove',
    ]);
  });

  it('put there and taken off at once: it is there as often as it says', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 5; round++) {
      const { eventId, contactId } = await attendance();
      const put = (status: string) => admin.put(attendeePath(eventId, contactId), { status });
      const answers = await Promise.all([put('invited'), remove(eventId, contactId), put('attended')]);
      expect(answers.map(({ status }) => status)).toEqual([200, 204, 200]);
      const [ids, total] = await listed(admin, eventId);
      expect(ids).toHaveLength(total);
      expect((await metrics(admin, eventId))[0]).toBe(total);
    }
  });
});
