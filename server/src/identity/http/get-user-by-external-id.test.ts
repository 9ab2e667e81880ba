import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { externalUserPath, newUser, somePartnerId } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const user = async () => {
  const id = somePartnerId();
  await newUser(world.company, { integrations: { taleo: { id } } });
  return id;
};

describe('GET /v1/user/external/{partnername}/{externalid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: externalUserPath(await user()) }));
  keepsCompaniesApart(world, 'GET', user, externalUserPath);

  it.each(['brassring', 'greenhouse', 'jazz', 'successfactors', 'taleo', 'workday'])(
    '200: a user by its id at %s',
    async (partner) => {
      const id = randomUUID();
      const made = await newUser(world.company, { integrations: { [partner]: { id } } });
      const { status, body } = await world.company.admin.get(`/v1/user/external/${partner}/${id}`);
      expect([status, body]).toEqual([200, made]);
    },
  );

  it('200: a user and a contact may have one id at one partner: they are of different kinds', async () => {
    const id = await user();
    const contact = { fullName: 'Same id', integrations: { taleo: { id } } };
    expect((await world.company.admin.post('/v1/contact', contact)).status).toBe(200);
    expect((await world.company.admin.get(externalUserPath(id))).body.integrations.taleo.id).toBe(id);
  });

  it('400: a partner that is none of the six', async () => {
    const { status, body } = await world.company.admin.get('/v1/user/external/lever/1');
    expect([status, body.message.split(': ')[0]]).toEqual([400, 'partnername']);
  });

  it('404: anyone but itself, for the role restricted', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.get(externalUserPath(await user()))).status).toBe(404);
  });
});
