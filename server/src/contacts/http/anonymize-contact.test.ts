import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  externalContactPath,
  newContact,
  someEmail,
  somePartnerId,
  statusesOf,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;
const path = (id: string) => contactPath(id, '/anonymize');
const anonymize = (id: string) => world.company.admin.post(path(id));

describe('POST /v1/contact/{contactid}/anonymize', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: path(await contact()) }));
  keepsCompaniesApart(world, 'POST', contact, path, { look: contactPath });

  it('200: answers a message alone; the contact is in no read and takes no change', async () => {
    const { admin } = world.company;
    const email = someEmail();
    const partnerId = somePartnerId();
    const id = await contact({ emails: [email], integrations: { workday: { id: partnerId } } });
    const { status, body } = await anonymize(id);
    expect([status, body]).toEqual([200, { message: expect.any(String) }]);
    const answers = await Promise.all([
      admin.get(contactPath(id)),
      admin.get(externalContactPath(partnerId)),
      admin.patch(contactPath(id), { firstName: 'Back' }),
      admin.post(contactPath(id, '/archive')),
      admin.put(contactPath(id, '/confidentiality'), { shares: {} }),
      admin.delete(contactPath(id, '/confidentiality')),
      admin.post(contactPath(id, '/contactinfo'), { doNotContact: true }),
    ]);
    expect(new Set(statusesOf(answers))).toEqual(new Set([404]));
    const listed = (await admin.get(`/v1/contacts?email=${email}`)).body;
    expect(listed).toEqual({ contacts: [], last_batch: 0, total_count: 0 });
    expect(await auditTrail(world.server, id)).toEqual(['contact.create', 'contact.anonymize']);
  });

  it.each([
    ['email', () => ({ emails: [someEmail()] })],
    ['link', () => ({ links: [`https://example.org/${randomUUID()}`] })],
    ['external id', () => ({ integrations: { jazz: { id: randomUUID() } } })],
  ])('200: its %s is still held', async (_what, identity) => {
    const held = identity();
    const id = await contact(held);
    await anonymize(id);
    const { status, body } = await world.company.admin.post('/v1/contact', { fullName: 'Again', ...held });
    expect(status).toBe(409);
    expect(body.message).not.toContain(id);
  });

  it('200: again, and twice at once, is one change', async () => {
    const id = await contact();
    expect(statusesOf(await Promise.all([anonymize(id), anonymize(id)]))).toEqual([200, 200]);
    expect((await anonymize(id)).status).toBe(200);
    expect(await auditTrail(world.server, id)).toEqual(['contact.create', 'contact.anonymize']);
  });

  it('400: a body that is broken', async () => {
    const { status } = await world.server.call('POST', path(await contact()), {
      token: world.company.admin.token,
      body: '{',
    });
    expect(status).toBe(400);
  });

  it('403: a contact that the caller sees and may not anonymise', async () => {
    const member = await world.company.user('team_member');
    const id = await contact();
    expect((await member.post(path(id))).status).toBe(403);
    expect((await member.get(contactPath(id))).status).toBe(200);
  });

  it('404: an anonymised contact, for a role that does not anonymise', async () => {
    const member = await world.company.user('team_member');
    const id = await contact();
    await anonymize(id);
    expect((await member.post(path(id))).status).toBe(404);
  });

  it('404: a contact that the caller does not see', async () => {
    const marketing = await world.company.user('marketing_admin');
    expect((await marketing.post(path(await contact({ confidential: true })))).status).toBe(404);
  });
});
