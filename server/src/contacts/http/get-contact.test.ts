import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, newContact } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async () => (await newContact(world.company.admin)).id;

describe('GET /v1/contact/{contactid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: contactPath(await contact()) }));
  keepsCompaniesApart(world, 'GET', contact, contactPath);

  it('200: answers what creating it answered, to everyone who sees it', async () => {
    const made = await newContact(world.company.admin, { skills: ['COBOL'], doNotContact: true });
    const reader = await world.company.user('team_member');
    const { status, body } = await reader.get(contactPath(made.id));
    expect(status).toBe(200);
    expect(body).toEqual(made);
  });

  it('200: an id in upper case is the same id', async () => {
    const id = await contact();
    expect((await world.company.admin.get(contactPath(id.toUpperCase()))).body.id).toBe(id);
  });

  it('200: a client may declare a content type for the body it does not send', async () => {
    const answer = await world.company.admin.get(contactPath(await contact()), {
      'content-type': 'application/json',
    });
    expect(answer.status).toBe(200);
  });

  it('400: an id that no id can be', async () => {
    for (const id of ['%00', 'x'.repeat(101), '%zz']) {
      const { status, body } = await world.company.admin.get(contactPath(id));
      expect([status, body.code]).toEqual([400, 400]);
    }
  });

  it('404: for a role that sees only its own, like an id that never was', async () => {
    const limited = await world.company.user('limited');
    const hidden = await limited.get(contactPath(await contact()));
    const never = await limited.get(contactPath(randomUUID()));
    expect([hidden.status, never.status]).toEqual([404, 404]);
    expect(hidden.body.message).toBe(never.body.message);
  });

  it.each(['DELETE', 'anonymize'])('404: after %s', async (how) => {
    const { admin } = world.company;
    const id = await contact();
    await (how === 'DELETE' ? admin.delete(contactPath(id)) : admin.post(contactPath(id, `/${how}`)));
    expect((await admin.get(contactPath(id))).status).toBe(404);
  });
});
