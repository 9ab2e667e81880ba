import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  contactPath,
  externalContactPath,
  newContact,
  somePartnerId,
  statusesOf,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async (more: object = {}) => {
  const id = somePartnerId();
  await newContact(world.company.admin, { integrations: { workday: { id } }, ...more });
  return id;
};

describe('DELETE /v1/contact/external/{partnername}/{externalid}', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: externalContactPath(await contact()) }));
  keepsCompaniesApart(world, 'DELETE', contact, externalContactPath);

  it('200: the contact is gone, its external id free again', async () => {
    const id = somePartnerId();
    const integrations = { workday: { id } };
    const before = await newContact(world.company.admin, { integrations });
    const { status, body } = await world.company.admin.delete(externalContactPath(id));
    expect([status, body.code]).toEqual([200, 200]);
    expect((await world.company.admin.get(contactPath(before.id))).status).toBe(404);
    const after = await newContact(world.company.admin, { integrations });
    expect(after.id).not.toBe(before.id);
  });

  it('400: a partner that is none of the six', async () => {
    expect((await world.company.admin.delete('/v1/contact/external/lever/1')).status).toBe(400);
  });

  it('403: a contact that the caller sees and may not delete', async () => {
    const member = await world.company.user('team_member');
    const path = externalContactPath(await contact());
    expect((await member.delete(path)).status).toBe(403);
    expect((await member.get(path)).status).toBe(200);
  });

  it('404: of two at once, one finds it gone', async () => {
    const path = externalContactPath(await contact());
    const answers = await Promise.all([1, 2].map(() => world.company.admin.delete(path)));
    expect(statusesOf(answers)).toEqual([200, 404]);
  });
});
