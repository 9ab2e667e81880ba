import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { newUser } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const user = async () => (await newUser(world.company)).id;
const path = (id: string) => `/v1/acl/user/${id}`;

describe('GET /v1/acl/user/{userid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: path(await user()) }));
  keepsCompaniesApart(world, 'GET', user, path);

  it('200: the roles as a bare array', async () => {
    const { status, body } = await world.company.admin.get(path(world.company.admin.id));
    expect([status, body]).toEqual([200, ['super_admin']]);
    const reader = await world.company.user('limited');
    expect((await reader.get(path(await user()))).body).toEqual(['limited']);
  });

  it('200: its own, for the role restricted', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.get(path(restricted.id))).body).toEqual(['restricted']);
  });

  it('400: an id that no id can be', async () => {
    expect((await world.company.admin.get(path('%00'))).status).toBe(400);
  });

  it("404: another's, for the role restricted", async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.get(path(await user()))).status).toBe(404);
  });
});
