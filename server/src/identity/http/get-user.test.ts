import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { newUser } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const user = async () => (await newUser(world.company)).id;
const path = (id: string) => `/v1/user/${id}`;

describe('GET /v1/user/{userid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: path(await user()) }));
  keepsCompaniesApart(world, 'GET', user, path);

  it('200: answers what creating it answered, to every role that sees users', async () => {
    const made = await newUser(world.company, { firstName: 'Theodore' });
    const reader = await world.company.user('limited');
    const { status, body } = await reader.get(path(made.id));
    expect([status, body]).toEqual([200, made]);
  });

  it('400: an id that no id can be', async () => {
    expect((await world.company.admin.get(path('x'.repeat(101)))).status).toBe(400);
  });

  it('404: anyone but itself, for the role restricted, like an id that never was', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.get(path(restricted.id))).body.email).toBe(restricted.email);
    const hidden = await restricted.get(path(await user()));
    const never = await restricted.get(path(randomUUID()));
    expect([hidden.status, never.status]).toEqual([404, 404]);
    expect(hidden.body.message).toBe(never.body.message);
  });

  it('404: after its deletion', async () => {
    const id = await user();
    await world.company.admin.delete(path(id));
    expect((await world.company.admin.get(path(id))).status).toBe(404);
  });
});
