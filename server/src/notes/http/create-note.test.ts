import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { countRoundTrips } from '../../../test/count-round-trips.ts';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  newContact,
  newNote,
  notePath,
  statusesOf,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const PATH = '/v1/note';
const contact = async (more: object = {}): Promise<string> =>
  (await newContact(world.company.admin, more)).id;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('POST /v1/note', () => {
  knowsItsCallers(world, 'POST', async () => ({
    path: PATH,
    body: { contactId: await contact(), text: 'Called' },
  }));

  it('200: answers the note and where it is, and leaves an audit row without a word of it', async () => {
    const { admin } = world.company;
    const contactId = await contact();
    const text = '  Met at the fair:\n\t“yes”, from May on 🙂 ';
    const { status, headers, body } = await admin.post(PATH, { contactId, text });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.any(String),
      contactId,
      text,
      date: body.createdAt,
      createdBy: admin.id,
      createdAt: time,
      updatedAt: body.createdAt,
    });
    expect(headers.get('location')).toBe(notePath(body.id));
    expect((await admin.get(headers.get('location')!)).body).toEqual(body);
    expect(
      await world.server.sql('select action, subject_kind, fields from audit_entry where subject_id = $1', [
        body.id,
      ]),
    ).toEqual([{ action: 'note.create', subject_kind: 'note', fields: ['contactId', 'text'] }]);
    expect(await auditTrail(world.server, contactId)).toEqual(['contact.create']);
  });

  it.each([
    ['to come', '2099-01-01', '2099-01-01T00:00:00.000Z'],
    ['long past, at an offset', '1815-12-10T01:30:00.1239+02:00', '1815-12-09T23:30:00.123Z'],
    ['the last one', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['the first one', '0001-01-01 00:00', '0001-01-01T00:00:00.000Z'],
  ])('200: a date of its own, %s', async (_which, date, answered) => {
    const { id, ...note } = await newNote(world.company.admin, await contact(), { date });
    expect(note.date).toBe(answered);
    expect((await world.company.admin.get(notePath(id))).body.date).toBe(answered);
  });

  it('200: a text of 20,000 characters, whatever they take to be kept', async () => {
    const text = '🙂'.repeat(20_000);
    const { id } = await newNote(world.company.admin, await contact(), { text });
    expect((await world.company.admin.get(notePath(id))).body.text).toBe(text);
  });

  it('200: what an answer held is taken without a word; a new note is made of it', async () => {
    const { admin } = world.company;
    const first = await newNote(admin, await contact(), { date: '2099-01-01' });
    const member = await world.company.user('team_member');
    const { status, headers, body } = await member.post(PATH, first);
    expect(status).toBe(200);
    expect(headers.get('x-ignored-fields')).toBeNull();
    expect(body).toMatchObject({ text: first.text, date: first.date, createdBy: member.id });
    expect(body.id).not.toBe(first.id);
  });

  it('200: an unknown property is named, and not kept', async () => {
    const { headers, body } = await world.company.admin.post(PATH, {
      contactId: await contact(),
      text: 'Called',
      mood: 'good',
    });
    expect(headers.get('x-ignored-fields')).toBe('mood');
    expect(body).not.toHaveProperty('mood');
  });

  it('200: an archived contact, and one named in capital letters', async () => {
    const id = await contact();
    await world.company.admin.post(contactPath(id, '/archive'));
    expect((await newNote(world.company.admin, id.toUpperCase())).contactId).toBe(id);
  });

  it('200: for a role that writes its own contacts alone, assigned or sourced', async () => {
    const limited = await world.company.user('limited');
    for (const own of [{ assignedTo: limited.id }, { sourcedBy: limited.id }]) {
      expect((await newNote(limited, await contact(own))).createdBy).toBe(limited.id);
    }
  });

  it.each([
    ['no contact', { text: 'x' }, 'contactId: is required'],
    ['no text', { contactId: 'x' }, 'text: is required'],
    ['an empty text', { contactId: 'x', text: '' }, 'text: must not be empty'],
    ['a text that is none', { contactId: 'x', text: 7 }, 'text: must be a string'],
    ['null for a text', { contactId: 'x', text: null }, 'text: must be a string'],
    [
      'a text that is too long',
      { contactId: 'x', text: 'x'.repeat(20_001) },
      'text: must be at most 20000 characters long',
    ],
    ['null for a date', { contactId: 'x', text: 'x', date: null }, 'date: must be a string'],
    ['U+0000', { contactId: 'x', text: 'a\0' }, 'text: must not contain the character U+0000'],
    ['no object', ['x'], 'body: must be an object'],
  ])('400: %s', async (_what, body, message) => {
    const answer = await world.company.admin.post(PATH, body);
    expect([answer.status, answer.body.message]).toEqual([400, message]);
  });

  it('400: a text of blanks, a date that is none; nothing is made', async () => {
    const { admin } = world.company;
    const contactId = await contact();
    const blank = await admin.post(PATH, { contactId, text: ' \n\t ' });
    expect([blank.status, blank.body.message]).toEqual([400, 'text: must not be empty']);
    const undated = await admin.post(PATH, { contactId, text: 'x', date: 'tomorrow' });
    expect([undated.status, undated.body.message]).toEqual([
      400,
      expect.stringMatching(/^date: must be a time/),
    ]);
    expect((await admin.get(contactPath(contactId, '/notes'))).body.notes).toEqual([]);
  });

  it('400: names the contact that is none for the caller, whatever the reason', async () => {
    const { admin } = world.company;
    const [limited, restricted] = await Promise.all([
      world.company.user('limited'),
      world.company.user('restricted'),
    ]);
    const [open, deleted, anonymised] = await Promise.all([contact(), contact(), contact()]);
    await admin.delete(contactPath(deleted));
    await admin.post(contactPath(anonymised, '/anonymize'));
    const foreign = (await newContact(world.other.admin)).id;
    const asked = [
      ...[randomUUID(), 'nothing', '', foreign, deleted, anonymised].map((id) => [admin, id] as const),
      [limited, open] as const,
      [restricted, open] as const,
    ];
    const answers = await Promise.all(
      asked.map(([caller, contactId]) => caller.post(PATH, { contactId, text: 'x' })),
    );
    const said = answers.map(({ status, body }) => [status, body.message]);
    expect(said).toEqual(asked.map(() => [400, 'contactId: must be the id of a contact']));
    expect(await world.server.sql('select from note where contact_id = any ($1)', [[open, foreign]])).toEqual(
      [],
    );
  });

  it('400: a confidential contact, for a role that sees none and one it is kept from', async () => {
    const member = await world.company.user('team_member');
    const { admin } = world.company;
    const secret = await contact({ confidential: true });
    const kept = await contact({ confidentiality: { shares: { users: [admin.id] } } });
    for (const contactId of [secret, kept]) {
      expect((await member.post(PATH, { contactId, text: 'x' })).status).toBe(400);
      expect((await admin.post(PATH, { contactId, text: 'x' })).status).toBe(200);
    }
  });

  it('403: a contact that the caller sees and may not write', async () => {
    const restricted = await world.company.user('restricted');
    const contactId = await contact({ assignedTo: restricted.id });
    expect((await restricted.post(PATH, { contactId, text: 'x' })).status).toBe(403);
    expect((await world.company.admin.get(contactPath(contactId, '/notes'))).body.notes).toEqual([]);
  });

  it('404: the other methods', async () => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const { status } = await world.server.call(method, PATH, { token: world.company.admin.token });
      expect(status).toBe(404);
    }
  });

  it('is never left on a contact that is deleted at the same moment', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 12; round++) {
      const contactId = await contact();
      const [gone, ...added] = await Promise.all([
        admin.delete(contactPath(contactId)),
        ...[1, 2, 3, 4].map(() => admin.post(PATH, { contactId, text: 'In passing' })),
      ]);
      expect(gone.status).toBe(200);
      expect(statusesOf(added).filter((status) => status !== 200 && status !== 400)).toEqual([]);
      expect(await world.server.sql('select from note where contact_id = $1', [contactId])).toEqual([]);
    }
  });

  it('stays without an author, where its author was deleted a moment ago', async () => {
    const { admin } = world.company;
    const sibling = await world.server.sibling();
    for (let round = 0; round < 4; round++) {
      const author = await world.company.user('team_member');
      const contactId = await contact({ assignedTo: author.id, sourcedBy: author.id });
      // Another server deletes the author: this one knows it for up to half a second yet.
      const [gone, ...added] = await Promise.all([
        sibling.call('DELETE', `/v1/user/${author.id}`, { token: admin.token }),
        ...[1, 2, 3, 4].map(() => author.post(PATH, { contactId, text: 'On the way out' })),
      ]);
      expect(gone.status).toBe(200);
      added.push(await author.post(PATH, { contactId, text: 'Just gone' }));
      expect(statusesOf(added).filter((status) => status !== 200 && status !== 401)).toEqual([]);
      const { notes } = (await admin.get(contactPath(contactId, '/notes'))).body;
      const made = added.filter(({ status }) => status === 200).map(({ body }) => body.id);
      expect(notes.map(({ id }: { id: string }) => id).toSorted()).toEqual(made.toSorted());
      expect(notes.filter((note: object) => 'createdBy' in note)).toEqual([]);
    }
  });

  it('200: many at once on one contact are all kept', async () => {
    const { admin } = world.company;
    const contactId = await contact();
    const made = await Promise.all(Array.from({ length: 12 }, () => newNote(admin, contactId)));
    const { body } = await admin.get(contactPath(contactId, '/notes'));
    expect(body.metadata.totalCount).toBe(12);
    expect(new Set(made.map(({ id }) => id)).size).toBe(12);
  });

  it('is one transaction of three round trips', async () => {
    const contactId = await contact();
    const cost = countRoundTrips(world.server.database);
    const { roundTrips, transactions } = await cost(() => newNote(world.company.admin, contactId));
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 3, transactions: 1 });
  });
});
