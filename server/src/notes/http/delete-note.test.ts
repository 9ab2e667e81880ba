import { describe, expect, it } from 'vitest';
import { countRoundTrips } from '../../../test/count-round-trips.ts';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
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

describe('DELETE /v1/note/{noteid}', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: notePath(await note()) }));
  keepsCompaniesApart(world, 'DELETE', note, notePath);

  it('200: by its author; gone from every read, and no word of it is kept', async () => {
    const author = await world.company.user('team_member');
    const { id, contactId } = await noteBy(author);
    const stays = await newNote(world.company.admin, contactId);
    const { status, body } = await author.delete(notePath(id));
    expect([status, body]).toEqual([200, { code: 200, message: expect.any(String) }]);
    expect((await author.get(notePath(id))).status).toBe(404);
    expect((await author.get(contactPath(contactId, '/notes'))).body.notes).toEqual([stays]);
    expect((await author.get(`/v1/notes?contactId=${contactId}`)).body.notes).toEqual([stays]);
    expect(await world.server.sql('select from note where id = $1', [id])).toEqual([]);
    expect(await auditTrail(world.server, id)).toEqual(['note.create', 'note.delete']);
  });

  it('200: by whoever may delete contacts', async () => {
    const [author, admin] = await Promise.all([
      world.company.user('team_member'),
      world.company.user('admin'),
    ]);
    expect((await admin.delete(notePath((await noteBy(author)).id))).status).toBe(200);
    expect((await world.company.admin.delete(notePath((await noteBy(author)).id))).status).toBe(200);
  });

  it('400: an id that no id can be', async () => {
    expect((await world.company.admin.delete(notePath('x'.repeat(101)))).status).toBe(400);
  });

  it('403: for whoever sees it, is not its author and deletes no contacts', async () => {
    const [member, owner] = await Promise.all([
      world.company.user('team_member', 'marketing_admin'),
      world.company.user('limited'),
    ]);
    const made = await noteBy(world.company.admin, { assignedTo: owner.id });
    for (const reader of [member, owner]) {
      expect((await reader.delete(notePath(made.id))).status).toBe(403);
      expect((await reader.get(notePath(made.id))).body).toEqual(made);
    }
  });

  it('403: its author, with a role that writes no contacts any more', async () => {
    const author = await world.company.user('limited');
    const { id } = await noteBy(author, { assignedTo: author.id });
    await world.company.admin.put(`/v1/acl/user/${author.id}`, ['restricted']);
    expect((await author.delete(notePath(id))).status).toBe(403);
    expect((await author.get(notePath(id))).status).toBe(200);
  });

  it('404: one whose contact the caller does not see, for its author too', async () => {
    const author = await world.company.user('limited');
    const { id, contactId } = await noteBy(author, { assignedTo: author.id });
    await world.company.admin.patch(contactPath(contactId), { assignedTo: world.company.admin.id });
    expect((await author.delete(notePath(id))).status).toBe(404);
    expect((await world.company.admin.get(notePath(id))).status).toBe(200);
  });

  it('404: of several at once, all but one find it gone', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await note();
      const answers = await Promise.all([1, 2, 3, 4].map(() => world.company.admin.delete(notePath(id))));
      expect(statusesOf(answers)).toEqual([200, 404, 404, 404]);
      expect(await auditTrail(world.server, id)).toEqual(['note.create', 'note.delete']);
    }
  });

  it('200 or 404: while its contact is deleted, which is not held up by it', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 5; round++) {
      const { id, contactId } = await noteBy(admin);
      const [contact, own] = await Promise.all([
        admin.delete(contactPath(contactId)),
        admin.delete(notePath(id)),
      ]);
      expect(contact.status).toBe(200);
      expect([200, 404]).toContain(own.status);
    }
  });

  it('is one transaction of three round trips', async () => {
    const path = notePath(await note());
    const cost = countRoundTrips(world.server.database);
    expect(await cost(() => world.company.admin.delete(path))).toMatchObject({
      roundTrips: 3,
      transactions: 1,
    });
  });
});
