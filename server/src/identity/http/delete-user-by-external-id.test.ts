import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { externalUserPath, newUser, somePartnerId, statusesOf } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const user = async () => {
  const id = somePartnerId();
  await newUser(world.company, { integrations: { taleo: { id } } });
  return id;
};

describe('DELETE /v1/user/external/{partnername}/{externalid}', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: externalUserPath(await user()) }));
  keepsCompaniesApart(world, 'DELETE', user, externalUserPath);

  it('200: the user is gone', async () => {
    const id = somePartnerId();
    const made = await newUser(world.company, { integrations: { taleo: { id } } });
    const { status, body } = await world.company.admin.delete(externalUserPath(id));
    expect([status, body.code]).toEqual([200, 200]);
    expect((await world.company.admin.get(`/v1/user/${made.id}`)).status).toBe(404);
  });

  it('400: a partner that is none of the six', async () => {
    expect((await world.company.admin.delete('/v1/user/external/lever/1')).status).toBe(400);
  });

  it('403: for who is no super admin', async () => {
    const admin = await world.company.user('admin');
    expect((await admin.delete(externalUserPath(await user()))).status).toBe(403);
  });

  it('404: of two at once, one finds it gone', async () => {
    const path = externalUserPath(await user());
    const answers = await Promise.all([1, 2].map(() => world.company.admin.delete(path)));
    expect(statusesOf(answers)).toEqual([200, 404]);
  });

  it('409: the last super admin', async () => {
    const { admin } = await world.server.company();
    await admin.put(`/v1/user/${admin.id}`, { integrations: { taleo: { id: 'the last' } } });
    expect((await admin.delete(externalUserPath('the last'))).status).toBe(409);
  });
});
