import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, externalContactPath, newContact, somePartnerId } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const contact = async (more: object = {}) => {
  const id = somePartnerId();
  await newContact(world.company.admin, { integrations: { workday: { id } }, ...more });
  return id;
};
const patch = (id: string, change: unknown) => world.company.admin.patch(externalContactPath(id), change);

describe('PATCH /v1/contact/external/{partnername}/{externalid}', () => {
  knowsItsCallers(world, 'PATCH', async () => ({ path: externalContactPath(await contact()), body: {} }));
  keepsCompaniesApart(world, 'PATCH', contact, externalContactPath, { body: { firstName: 'Mallory' } });

  it('200: changes what it names and leaves the rest', async () => {
    const id = somePartnerId();
    const before = await newContact(world.company.admin, { integrations: { workday: { id } } });
    const { status, body } = await patch(id, { lastName: 'Murray' });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      lastName: 'Murray',
      fullName: 'Grace Murray',
      version: 2,
      updatedTime: expect.any(String),
    });
    expect((await world.company.admin.get(contactPath(before.id))).body).toEqual(body);
  });

  it('400: a value that does not fit, or a partner that is none of the six', async () => {
    expect((await patch(await contact(), { emails: 'x' })).body.message).toBe(
      'emails: must be an array or null',
    );
    const unknown = await world.company.admin.patch('/v1/contact/external/lever/1', {});
    expect([unknown.status, unknown.body.message.split(':')[0]]).toEqual([400, 'partnername']);
  });

  it('403: a contact that the caller sees and may not change', async () => {
    const restricted = await world.company.user('restricted');
    const id = await contact({ sourcedBy: restricted.id });
    expect((await restricted.patch(externalContactPath(id), { firstName: 'Mine' })).status).toBe(403);
  });

  it('404: a contact that the caller does not see', async () => {
    const limited = await world.company.user('limited');
    expect((await limited.patch(externalContactPath(await contact()), {})).status).toBe(404);
  });

  it('409: the external id of another contact', async () => {
    const taken = await contact();
    const { status } = await patch(await contact(), { integrations: { workday: { id: taken } } });
    expect(status).toBe(409);
  });
});
