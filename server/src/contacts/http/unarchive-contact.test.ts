import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, newContact, statusesOf } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const path = (id: string) => contactPath(id, '/unarchive');
const unarchive = (id: string) => world.company.admin.post(path(id));
async function archived(more: object = {}) {
  const contact = await newContact(world.company.admin, more);
  await world.company.admin.post(contactPath(contact.id, '/archive'));
  return contact;
}

describe('POST /v1/contact/{contactid}/unarchive', () => {
  const id = async () => (await archived()).id;
  knowsItsCallers(world, 'POST', async () => ({ path: path(await id()) }));
  keepsCompaniesApart(world, 'POST', id, path, { look: contactPath });

  it('200: answers the contact, which is in the lists again', async () => {
    const before = await archived();
    const { status, body } = await unarchive(before.id);
    expect(status).toBe(200);
    expect(body).toEqual({ ...before, updatedTime: expect.any(String), version: 3 });
    const { contacts } = (await world.company.admin.get(`/v1/contacts?email=${before.primaryEmail}`)).body;
    expect(contacts).toEqual([body]);
    expect((await world.company.admin.get('/v1/contacts/deleted')).body.ids).not.toContain(before.id);
  });

  it('200: again, and twice at once, is one change', async () => {
    const contact = await id();
    expect(statusesOf(await Promise.all([unarchive(contact), unarchive(contact)]))).toEqual([200, 200]);
    expect((await unarchive(contact)).body.version).toBe(3);
  });

  it('403: a contact that the caller sees and may not change', async () => {
    const restricted = await world.company.user('restricted');
    const { id } = await archived({ sourcedBy: restricted.id });
    expect((await restricted.post(path(id))).status).toBe(403);
  });

  it('404: a contact that the caller does not see', async () => {
    const limited = await world.company.user('limited');
    expect((await limited.post(path(await id()))).status).toBe(404);
  });
});
