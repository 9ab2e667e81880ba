import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, contactPath, newContact, someEmail, statusesOf } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;
const path = (id: string) => contactPath(id, '/archive');
const archive = (id: string) => world.company.admin.post(path(id));

describe('POST /v1/contact/{contactid}/archive', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: path(await contact()) }));
  keepsCompaniesApart(world, 'POST', contact, path, { look: contactPath });

  it('200: answers the contact with the time; it is read by id and in no list', async () => {
    const { admin } = world.company;
    const before = await newContact(admin);
    const { status, body } = await archive(before.id);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      archivedAt: expect.stringMatching(/Z$/),
      updatedTime: expect.any(String),
      version: 2,
    });
    expect((await admin.get(contactPath(before.id))).body).toEqual(body);
    expect((await admin.get(`/v1/contacts?email=${before.primaryEmail}`)).body.total_count).toBe(0);
    expect(await auditTrail(world.server, before.id)).toEqual(['contact.create', 'contact.update']);
  });

  it('200: an archived contact is still who it is: it can be changed, and added again', async () => {
    const { admin } = world.company;
    const emails = [someEmail()];
    const id = await contact({ emails });
    const { archivedAt } = (await archive(id)).body;
    const changed = await admin.patch(contactPath(id), { firstName: 'Ada' });
    const added = await admin.post('/v1/contact', { emails, skills: ['Engines'] });
    expect([changed.status, changed.body.archivedAt]).toEqual([200, archivedAt]);
    expect(added.body).toMatchObject({ id, firstName: 'Ada', skills: ['Engines'], archivedAt });
  });

  it('200: again, and twice at once, is one change', async () => {
    const id = await contact();
    const both = await Promise.all([archive(id), archive(id)]);
    expect(statusesOf(both)).toEqual([200, 200]);
    expect(both[0].body).toEqual(both[1].body);
    expect((await archive(id)).body).toEqual(both[0].body);
  });

  it('403: a contact that the caller sees and may not change', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.post(path(await contact({ assignedTo: restricted.id })))).status).toBe(403);
  });

  it('404: a contact that the caller does not see', async () => {
    const limited = await world.company.user('limited');
    expect((await limited.post(path(await contact()))).status).toBe(404);
  });
});
