import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { externalUserPath, newUser, someEmail, somePartnerId } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const user = async () => {
  const id = somePartnerId();
  await newUser(world.company, { integrations: { taleo: { id } } });
  return id;
};
const put = (id: string, change: unknown) => world.company.admin.put(externalUserPath(id), change);

describe('PUT /v1/user/external/{partnername}/{externalid}', () => {
  knowsItsCallers(world, 'PUT', async () => ({ path: externalUserPath(await user()), body: {} }));
  keepsCompaniesApart(world, 'PUT', user, externalUserPath, { body: { firstName: 'Mallory' } });

  it('200: changes what it names and leaves the rest', async () => {
    const id = somePartnerId();
    const before = await newUser(world.company, { lastName: 'King', integrations: { taleo: { id } } });
    const { status, body } = await put(id, { firstName: 'Ada' });
    expect([status, body]).toEqual([200, { ...before, firstName: 'Ada' }]);
  });

  it('200: by a new external id from then on', async () => {
    const [id, moved] = [await user(), somePartnerId()];
    await put(id, { integrations: { taleo: { id: moved } } });
    expect((await put(id, {})).status).toBe(404);
    expect((await put(moved, {})).status).toBe(200);
  });

  it('400: an email that is none, or a partner that is none of the six', async () => {
    expect((await put(await user(), { email: 'nobody' })).body.message).toBe(
      'email: must be an email address',
    );
    expect((await world.company.admin.put('/v1/user/external/lever/1', {})).status).toBe(400);
  });

  it('403: for who is no super admin', async () => {
    const admin = await world.company.user('admin');
    expect((await admin.put(externalUserPath(await user()), { firstName: 'X' })).status).toBe(403);
  });

  it('409: the email of another user', async () => {
    const email = someEmail();
    await newUser(world.company, { email });
    expect((await put(await user(), { email })).status).toBe(409);
  });
});
