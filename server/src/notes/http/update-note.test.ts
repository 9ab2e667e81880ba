import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { countRoundTrips } from '../../../test/count-round-trips.ts';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  essence,
  newContact,
  newNote,
  notePath,
  statusesOf,
} from '../../../test/factories.ts';
import type { Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const noteBy = async (author: Caller, contact: object = {}) =>
  newNote(author, (await newContact(world.company.admin, contact)).id);
const note = async () => (await noteBy(world.company.admin)).id;

describe('PATCH /v1/note/{noteid}', () => {
  knowsItsCallers(world, 'PATCH', async () => ({ path: notePath(await note()), body: { text: 'Anew' } }));
  keepsCompaniesApart(world, 'PATCH', note, notePath, { body: { text: 'Not yours' } });

  it('200: its author changes what the body names, and updatedAt moves each time', async () => {
    const author = await world.company.user('team_member');
    const made = await noteBy(author);
    const first = await author.patch(notePath(made.id), { text: ' Anew ' });
    expect([first.status, first.body]).toEqual([
      200,
      { ...made, text: ' Anew ', updatedAt: first.body.updatedAt },
    ]);
    expect(first.body.updatedAt > made.updatedAt).toBe(true);
    const second = await author.patch(notePath(made.id), { date: '2099-01-01' });
    expect(second.body).toEqual({
      ...first.body,
      date: '2099-01-01T00:00:00.000Z',
      updatedAt: second.body.updatedAt,
    });
    expect(second.body.updatedAt > first.body.updatedAt).toBe(true);
    expect((await author.get(notePath(made.id))).body).toEqual(second.body);
    expect(
      await world.server.sql('select action, fields from audit_entry where subject_id = $1 order by at, id', [
        made.id,
      ]),
    ).toEqual([
      { action: 'note.create', fields: ['contactId', 'text'] },
      { action: 'note.update', fields: ['text'] },
      { action: 'note.update', fields: ['date'] },
    ]);
  });

  it('200: a super admin changes it; it stays its author’s', async () => {
    const author = await world.company.user('limited');
    const made = await noteBy(author, { assignedTo: author.id });
    const { status, body } = await world.company.admin.patch(notePath(made.id), { text: 'Put right' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ text: 'Put right', createdBy: author.id });
  });

  it('200: a change that changes nothing leaves no trace', async () => {
    const { admin } = world.company;
    const made = await noteBy(admin);
    const same = { text: made.text, date: made.date.replace('Z', '+00:00') };
    for (const change of [{}, same, made]) {
      const { status, headers, body } = await admin.patch(notePath(made.id), change);
      expect([status, body]).toEqual([200, made]);
      expect(headers.get('x-ignored-fields')).toBeNull();
    }
    expect(await auditTrail(world.server, made.id)).toEqual(['note.create']);
  });

  it('200: what only is answered stays as it is, another contact included', async () => {
    const { admin } = world.company;
    const made = await noteBy(admin);
    const elsewhere = await noteBy(admin);
    const { body } = await admin.patch(notePath(made.id), { ...elsewhere, text: 'Anew' });
    expect(body).toEqual({ ...made, text: 'Anew', date: elsewhere.date, updatedAt: body.updatedAt });
  });

  it('200: two at once, of different properties, both count', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 5; round++) {
      const path = notePath(await note());
      const answers = await Promise.all([
        admin.patch(path, { text: 'Anew' }),
        admin.patch(path, { date: '2099-01-01' }),
      ]);
      expect(statusesOf(answers)).toEqual([200, 200]);
      expect((await admin.get(path)).body).toMatchObject({
        text: 'Anew',
        date: '2099-01-01T00:00:00.000Z',
      });
    }
  });

  it.each([
    ['an empty text', { text: '' }, /^text: must not be empty$/],
    ['a text of blanks', { text: ' \n ' }, /^text: must not be empty$/],
    ['null for a text', { text: null }, /^text: must be a string$/],
    [
      'a text that is too long',
      { text: 'x'.repeat(20_001) },
      /^text: must be at most 20000 characters long$/,
    ],
    ['null for a date', { date: null }, /^date: must be a string$/],
    ['a date that is none', { text: 'x', date: '2026-02-30' }, /^date: must be a time/],
  ])('400: %s, and nothing is changed', async (_what, change, message) => {
    const { admin } = world.company;
    const made = await noteBy(admin);
    const { status, body } = await admin.patch(notePath(made.id), change);
    expect([status, body.message]).toEqual([400, expect.stringMatching(message)]);
    expect((await admin.get(notePath(made.id))).body).toEqual(made);
  });

  it('400: an id that no id can be', async () => {
    expect((await world.company.admin.patch(notePath('x'.repeat(101)), { text: 'x' })).status).toBe(400);
  });

  it('403: for whoever sees it and is not its author, an admin and who owns the contact included', async () => {
    const [admin, owner] = await Promise.all([world.company.user('admin'), world.company.user('limited')]);
    const made = await noteBy(world.company.admin, { assignedTo: owner.id });
    for (const reader of [admin, owner]) {
      expect((await reader.patch(notePath(made.id), { text: 'Mine now' })).status).toBe(403);
      expect((await reader.get(notePath(made.id))).body).toEqual(made);
    }
  });

  it('403: its author, with a role that writes no contacts any more', async () => {
    const author = await world.company.user('team_member');
    const made = await noteBy(author, { assignedTo: author.id });
    await world.company.admin.put(`/v1/acl/user/${author.id}`, ['restricted']);
    expect((await author.patch(notePath(made.id), { text: 'Still mine' })).status).toBe(403);
    expect((await author.get(notePath(made.id))).body).toEqual(made);
  });

  it('404: one whose contact the caller does not see, for its author too', async () => {
    const author = await world.company.user('team_member');
    const made = await noteBy(author);
    await world.company.admin.patch(contactPath(made.contactId), { confidential: true });
    const hidden = await author.patch(notePath(made.id), { text: 'x' });
    expect(hidden.status).toBe(404);
    expect(essence(hidden)).toEqual(essence(await author.patch(notePath(randomUUID()), { text: 'x' })));
    expect((await world.company.admin.get(notePath(made.id))).body).toEqual(made);
  });

  it('is one transaction: of three round trips, of two where nothing changes', async () => {
    const path = notePath(await note());
    const cost = countRoundTrips(world.server.database);
    const change = () => cost(() => world.company.admin.patch(path, { text: 'Anew' }));
    expect(await change()).toMatchObject({ roundTrips: 3, transactions: 1 });
    expect(await change()).toMatchObject({ roundTrips: 2, transactions: 1 });
  });
});
