import { describe, expect, it } from 'vitest';
import {
  auditTrail,
  contactPath,
  externalContactPath,
  newContact,
  newNote,
  notePath,
  somePartnerId,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();

/** What the three reads of a super admin say of a note. */
async function reads({ id, contactId }: { id: string; contactId: string }) {
  const { admin } = world.company;
  const [one, all, ofContact] = await Promise.all([
    admin.get(notePath(id)),
    admin.get(`/v1/notes?contactId=${contactId}`),
    admin.get(contactPath(contactId, '/notes')),
  ]);
  return [one.status, all.body.totalCount, ofContact.status];
}

describe('a note about a contact that leaves', () => {
  it.each(['its id', 'an external id'])('goes with it, deleted by %s; nothing of it is kept', async (by) => {
    const { admin } = world.company;
    const partnerId = somePartnerId();
    const contact = await newContact(admin, { integrations: { workday: { id: partnerId } } });
    const note = await newNote(admin, contact.id);
    const elsewhere = await newNote(admin, (await newContact(admin)).id);
    expect(await reads(note)).toEqual([200, 1, 200]);
    const path = by === 'its id' ? contactPath(contact.id) : externalContactPath(partnerId);
    expect((await admin.delete(path)).status).toBe(200);
    expect(await reads(note)).toEqual([404, 0, 404]);
    expect(await world.server.sql('select from note where contact_id = $1', [contact.id])).toEqual([]);
    expect(await auditTrail(world.server, contact.id)).toEqual(['contact.create', 'contact.delete']);
    expect(await reads(elsewhere)).toEqual([200, 1, 200]);
  });

  it('is hidden while it is anonymised, from changes too, and comes back as it was', async () => {
    const { admin } = world.company;
    const contact = await newContact(admin);
    const note = await newNote(admin, contact.id, { date: '2099-01-01' });
    await admin.post(contactPath(contact.id, '/anonymize'));
    expect(await reads(note)).toEqual([404, 0, 404]);
    expect((await admin.patch(notePath(note.id), { text: 'x' })).status).toBe(404);
    expect((await admin.delete(notePath(note.id))).status).toBe(404);
    await admin.post(contactPath(contact.id, '/deanonymize'));
    expect(await reads(note)).toEqual([200, 1, 200]);
    expect((await admin.get(notePath(note.id))).body).toEqual(note);
  });

  it('stays readable and changeable once it is archived', async () => {
    const { admin } = world.company;
    const contact = await newContact(admin);
    const note = await newNote(admin, contact.id);
    await admin.post(contactPath(contact.id, '/archive'));
    expect(await reads(note)).toEqual([200, 1, 200]);
    expect((await admin.patch(notePath(note.id), { text: 'Later' })).status).toBe(200);
    expect((await admin.delete(notePath(note.id))).status).toBe(200);
  });
});

describe('a note whose author leaves', () => {
  it('stays, by nobody; super admins change it, and who deletes contacts deletes it', async () => {
    const { admin } = world.company;
    const [author, reader, deleter] = await Promise.all([
      world.company.user('team_member'),
      world.company.user('team_member'),
      world.company.user('admin'),
    ]);
    const contact = await newContact(admin, { assignedTo: author.id });
    const note = await newNote(author, contact.id);
    expect((await admin.delete(`/v1/user/${author.id}`)).status).toBe(200);
    const { createdBy, ...orphan } = note;
    expect(createdBy).toBe(author.id);
    expect((await reader.get(notePath(note.id))).body).toEqual(orphan);
    expect((await reader.get(contactPath(contact.id, '/notes'))).body.notes).toEqual([orphan]);
    expect((await reader.get(`/v1/notes?contactId=${contact.id}`)).body.notes).toEqual([orphan]);
    expect((await reader.patch(notePath(note.id), { text: 'x' })).status).toBe(403);
    expect((await reader.delete(notePath(note.id))).status).toBe(403);
    expect((await admin.patch(notePath(note.id), { text: 'Put right' })).body).toMatchObject({
      text: 'Put right',
    });
    expect((await deleter.delete(notePath(note.id))).status).toBe(200);
  });
});
