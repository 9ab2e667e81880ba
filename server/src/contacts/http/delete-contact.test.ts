import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, contactPath, newContact, someEmail, statusesOf } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;

describe('DELETE /v1/contact/{contactid}', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: contactPath(await contact()) }));
  keepsCompaniesApart(world, 'DELETE', contact, contactPath);

  it('200: the contact is in no read any more, and no word of it is kept', async () => {
    const { admin } = world.company;
    const email = someEmail();
    const partnerId = randomUUID();
    const id = await contact({ emails: [email], integrations: { taleo: { id: partnerId } } });
    const { status, body } = await admin.delete(contactPath(id));
    expect([status, body]).toEqual([200, { code: 200, message: expect.any(String) }]);
    expect((await admin.get(contactPath(id))).status).toBe(404);
    expect((await admin.get(`/v1/contact/external/taleo/${partnerId}`)).status).toBe(404);
    expect((await admin.get(`/v1/contacts?email=${email}`)).body.contacts).toEqual([]);
    expect(await world.server.sql('select wire from contact where id = $1', [id])).toEqual([{ wire: null }]);
    expect(await auditTrail(world.server, id)).toEqual(['contact.create', 'contact.delete']);
  });

  it('200: its emails, links and external ids are free again', async () => {
    const identity = {
      emails: [someEmail()],
      links: [`https://example.org/${randomUUID()}`],
      integrations: { greenhouse: { id: randomUUID() } },
    };
    const before = await contact(identity);
    await world.company.admin.delete(contactPath(before));
    const after = await newContact(world.company.admin, identity);
    expect(after.id).not.toBe(before);
    expect(after).toMatchObject({ ...identity, version: 1 });
  });

  it('200: with a content type and an empty body, as some clients send it', async () => {
    const { status } = await world.server.call('DELETE', contactPath(await contact()), {
      token: world.company.admin.token,
      headers: { 'content-type': 'application/json' },
    });
    expect(status).toBe(200);
  });

  it('200: while the same person is added, who is then there once and whole', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 15; round++) {
      const emails = [someEmail()];
      const id = await contact({ emails });
      const [gone, ...added] = await Promise.all([
        admin.delete(contactPath(id)),
        ...[1, 2, 3].map((nth) => admin.post('/v1/contact', { emails, skills: [`${nth}`] })),
      ]);
      expect(statusesOf([gone, ...added])).toEqual([200, 200, 200, 200]);
      const { body } = await admin.get(`/v1/contacts?email=${emails[0]}`);
      const last = added.filter((answer) => answer.body.id !== id);
      expect(body.contacts.map((one: { id: string }) => one.id)).toEqual(
        last.slice(0, 1).map((answer) => answer.body.id),
      );
    }
  });

  it('400: an id that no id can be', async () => {
    expect((await world.company.admin.delete(contactPath('x'.repeat(101)))).status).toBe(400);
  });

  it('403: a contact that the caller sees and may not delete', async () => {
    const member = await world.company.user('team_member');
    const id = await contact({ assignedTo: member.id });
    expect((await member.delete(contactPath(id))).status).toBe(403);
    expect((await member.get(contactPath(id))).status).toBe(200);
  });

  it('404: of two at once, one finds it gone', async () => {
    const id = await contact();
    const answers = await Promise.all([1, 2].map(() => world.company.admin.delete(contactPath(id))));
    expect(statusesOf(answers)).toEqual([200, 404]);
    expect((await auditTrail(world.server, id)).filter((action) => action === 'contact.delete')).toHaveLength(
      1,
    );
  });

  it('404: an anonymised contact is in no read, so there is nothing to delete', async () => {
    const id = await contact();
    await world.company.admin.post(contactPath(id, '/anonymize'));
    expect((await world.company.admin.delete(contactPath(id))).status).toBe(404);
  });
});
