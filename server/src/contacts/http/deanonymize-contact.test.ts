import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  essence,
  externalContactPath,
  newContact,
  newCustomField,
  newTeam,
  somePartnerId,
  statusesOf,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const path = (id: string) => contactPath(id, '/deanonymize');
const deanonymize = (id: string) => world.company.admin.post(path(id));
async function anonymised(more: object = {}) {
  const contact = await newContact(world.company.admin, more);
  await world.company.admin.post(contactPath(contact.id, '/anonymize'));
  return contact;
}

describe('POST /v1/contact/{contactid}/deanonymize', () => {
  const id = async () => (await anonymised()).id;
  knowsItsCallers(world, 'POST', async () => ({ path: path(await id()) }));
  keepsCompaniesApart(world, 'POST', id, path, { look: contactPath });

  it('200: answers a message alone and brings back exactly what was there', async () => {
    const { admin } = world.company;
    const field = await newCustomField(world.company, { type: 'number' });
    const team = await newTeam(world.company);
    const partnerId = somePartnerId();
    const before = await anonymised({
      links: ['https://example.org/back'],
      phoneNumbers: ['+49 30 1234'],
      experience: [{ organisationName: 'Navy', current: true }],
      customFields: [{ id: field.id, value: 7 }],
      integrations: { workday: { id: partnerId } },
      confidentiality: { shares: { teams: [team.id] } },
      createdTime: '1999-12-31T23:00:00+02:00',
    });
    const { status, body } = await deanonymize(before.id);
    expect([status, body]).toEqual([200, { message: expect.any(String) }]);
    expect((await admin.get(contactPath(before.id))).body).toEqual(before);
    expect((await admin.get(externalContactPath(partnerId))).body).toEqual(before);
    expect((await admin.get(`/v1/contacts?email=${before.primaryEmail}`)).body.contacts).toEqual([before]);
    expect((await admin.get('/v1/contacts/deleted')).body.ids).not.toContain(before.id);
    expect(await auditTrail(world.server, before.id)).toEqual([
      'contact.create',
      'contact.anonymize',
      'contact.deanonymize',
    ]);
  });

  it('200: an archived one comes back archived', async () => {
    const { admin } = world.company;
    const { id } = await newContact(admin);
    const { body: archived } = await admin.post(contactPath(id, '/archive'));
    await admin.post(contactPath(id, '/anonymize'));
    await deanonymize(id);
    expect((await admin.get(contactPath(id))).body).toEqual(archived);
    expect((await admin.get('/v1/contacts')).body.contacts).not.toContainEqual(archived);
  });

  it('200: again, twice at once, and one that never was anonymised', async () => {
    const { id } = await anonymised();
    expect(statusesOf(await Promise.all([deanonymize(id), deanonymize(id)]))).toEqual([200, 200]);
    expect((await deanonymize(id)).status).toBe(200);
    const trail = await auditTrail(world.server, id);
    expect(trail.filter((action) => action === 'contact.deanonymize')).toHaveLength(1);
  });

  it('400: an id that no id can be', async () => {
    expect((await deanonymize('x'.repeat(101))).status).toBe(400);
  });

  it('403: for a role that does not anonymise, where it sees the contact', async () => {
    const member = await world.company.user('team_member');
    const { id } = await newContact(world.company.admin);
    expect((await member.post(path(id))).status).toBe(403);
  });

  it('404: for a role that does not anonymise, as if there were no such contact', async () => {
    const member = await world.company.user('team_member');
    const { id } = await anonymised();
    const answer = await member.post(path(id));
    expect(answer.status).toBe(404);
    expect(essence(answer)).toEqual(essence(await member.post(path(randomUUID()))));
    expect((await world.company.admin.get(contactPath(id))).status).toBe(404);
  });

  it('404: after a deletion', async () => {
    const { admin } = world.company;
    const { id } = await newContact(admin);
    await admin.delete(contactPath(id));
    expect((await deanonymize(id)).status).toBe(404);
  });
});
