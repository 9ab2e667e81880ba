import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { newVacancy, vacancyPath } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const vacancy = async () => (await newVacancy(world.company)).hash_id;

describe('GET /v1/vacancy/{vacancyid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: vacancyPath(await vacancy()) }));
  keepsCompaniesApart(world, 'GET', vacancy, vacancyPath);
  keepsCompaniesApart(world, 'GET', async () => (await newVacancy(world.company)).id, vacancyPath);

  it('200: by its hash_id, and by its id in either case', async () => {
    const made = await newVacancy(world.company);
    for (const name of [made.hash_id, made.id, made.id.toUpperCase()]) {
      const { status, body } = await world.company.admin.get(vacancyPath(name));
      expect([status, body]).toEqual([200, made]);
    }
  });

  it.each(['team_member', 'limited', 'marketing_limited', 'recruiter_team_member', 'confidential'] as const)(
    '200: a %s reads it',
    async (role) => {
      const reader = await world.company.user(role);
      expect((await reader.get(vacancyPath(await vacancy()))).status).toBe(200);
    },
  );

  it('404: to the role restricted there is none', async () => {
    const restricted = await world.company.user('restricted');
    const { status, body } = await restricted.get(vacancyPath(await vacancy()));
    const { body: none } = await restricted.get(vacancyPath(randomUUID()));
    expect([status, body.message]).toEqual([404, none.message]);
  });

  it('404: whatever names none', async () => {
    const hash = await vacancy();
    for (const name of [randomUUID(), 'none', '%', "' or true --", `${hash}x`, hash.slice(1), 'ä'])
      expect((await world.company.admin.get(vacancyPath(name))).status).toBe(404);
  });
});
