import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../../test/every-operation.ts';
import { newPoolType } from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';

const world = twoCompanies();
const path = (id: string) => `/v1/pooltype/${id}`;
const type = async () => (await newPoolType(world.company, ['Met', 'Called'])).id;

describe('GET /v1/pooltype/{pooltypeid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: path(await type()) }));
  keepsCompaniesApart(world, 'GET', type, path);

  it('200: to every user', async () => {
    const made = await newPoolType(world.company, ['Met', 'Called'], { sequential: true });
    for (const role of ['restricted', 'limited', 'recruiter_team_member'] as const) {
      const reader = await world.company.user(role);
      expect((await reader.get(path(made.id))).body).toEqual(made);
    }
  });
});
