import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  externalVacancyPath,
  newVacancy,
  somePartnerId,
  vacancyPath,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
async function vacancy() {
  const id = somePartnerId();
  return { id, made: await newVacancy(world.company, { integrations: { workday: { id } } }) };
}
const record = async () => (await vacancy()).id;

describe('DELETE /v1/vacancy/external/{partnername}/{externalid}', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: externalVacancyPath(await record()) }));
  keepsCompaniesApart(world, 'DELETE', record, externalVacancyPath);

  it('200: deletes that vacancy and leaves an audit row; the id is free', async () => {
    const { id, made } = await vacancy();
    const { status, body } = await world.company.admin.delete(externalVacancyPath(id));
    expect([status, body]).toEqual([200, { code: 200, message: expect.any(String) }]);
    expect((await world.company.admin.get(vacancyPath(made.hash_id))).status).toBe(404);
    expect((await world.company.admin.delete(externalVacancyPath(id))).status).toBe(404);
    expect(await auditTrail(world.server, made.id)).toEqual(['vacancy.create', 'vacancy.delete']);
    const heir = await newVacancy(world.company, { integrations: { workday: { id } } });
    expect((await world.company.admin.get(externalVacancyPath(id))).body).toEqual(heir);
  });

  it('400: an unknown partner', async () => {
    expect((await world.company.admin.delete('/v1/vacancy/external/excel/1')).status).toBe(400);
  });

  it('403: recruiters; 404: the role restricted; and it stays', async () => {
    const { id, made } = await vacancy();
    for (const [role, status] of [
      ['recruiter_team_member', 403],
      ['marketing_admin', 403],
      ['restricted', 404],
    ] as const) {
      const caller = await world.company.user(role);
      expect((await caller.delete(externalVacancyPath(id))).status).toBe(status);
    }
    expect((await world.company.admin.get(externalVacancyPath(id))).body).toEqual(made);
  });
});
