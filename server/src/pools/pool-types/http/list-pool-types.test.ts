import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../../test/every-operation.ts';
import { newPoolType } from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';

const world = twoCompanies();

describe('GET /v1/pooltypes', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: '/v1/pooltypes' }));

  it('200: every user reads the types, oldest first, a page at a time', async () => {
    const company = await world.server.company();
    const made = [];
    for (const step of ['One', 'Two', 'Three']) made.push(await newPoolType(company, [step]));
    const reader = await company.user('restricted');
    expect((await reader.get('/v1/pooltypes')).body).toEqual({ poolTypes: made, totalCount: 3 });
    expect((await reader.get('/v1/pooltypes?limit=1&offset=1')).body).toEqual({
      poolTypes: [made[1]],
      totalCount: 3,
    });
    expect((await reader.get('/v1/pooltypes?limit=0')).body).toEqual({ poolTypes: [], totalCount: 3 });
  });

  it('200: another company sees none of them', async () => {
    await newPoolType(world.company, []);
    expect((await world.other.admin.get('/v1/pooltypes')).body).toEqual({ poolTypes: [], totalCount: 0 });
  });

  it.each(['limit=201', 'limit=-1', 'offset=-1', 'limit=many'])('400: %s', async (query) => {
    expect((await world.company.admin.get(`/v1/pooltypes?${query}`)).status).toBe(400);
  });
});
