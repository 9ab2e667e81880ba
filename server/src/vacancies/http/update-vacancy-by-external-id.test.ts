import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  externalVacancyPath,
  laterThan,
  newVacancy,
  somePartnerId,
  vacancyPath,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';
import { underWay } from './fixtures/under-way.ts';

const world = twoCompanies();
const NOW = '2100-01-01T00:00:00.000Z';
async function vacancy() {
  const id = somePartnerId();
  return { id, made: await newVacancy(world.company, { integrations: { workday: { id } } }) };
}
const record = async () => (await vacancy()).id;

describe('PATCH /v1/vacancy/external/{partnername}/{externalid}', () => {
  knowsItsCallers(world, 'PATCH', async () => ({
    path: externalVacancyPath(await record()),
    body: { updated_at: NOW },
  }));
  keepsCompaniesApart(world, 'PATCH', record, externalVacancyPath, { body: { updated_at: NOW, title: 'x' } });

  it('200: changes the vacancy as by its own id, with an audit row', async () => {
    const { id, made } = await vacancy();
    const { status, body } = await world.company.admin.patch(externalVacancyPath(id), {
      title: 'Chef',
      updated_at: NOW,
    });
    expect([status, body]).toEqual([200, { ...made, title: 'Chef', updated_at: NOW }]);
    expect((await world.company.admin.get(vacancyPath(made.hash_id))).body).toEqual(body);
    expect(await auditTrail(world.server, made.id)).toEqual(['vacancy.create', 'vacancy.update']);
  });

  it('200: it may change the very id that it is named by', async () => {
    const { id, made } = await vacancy();
    const [next, updated_at] = [somePartnerId(), laterThan(made)];
    const { body } = await world.company.admin.patch(externalVacancyPath(id), {
      integrations: { workday: { id: next } },
      updated_at,
    });
    expect((await world.company.admin.get(externalVacancyPath(next))).body).toEqual(body);
    expect((await world.company.admin.get(externalVacancyPath(id))).status).toBe(404);
  });

  it('400: an unknown partner, a time that is missing or not later', async () => {
    const { id, made } = await vacancy();
    const { admin } = world.company;
    expect((await admin.patch('/v1/vacancy/external/excel/1', { updated_at: NOW })).status).toBe(400);
    expect((await admin.patch(externalVacancyPath(id), { title: 'Chef' })).status).toBe(400);
    const { status, body } = await admin.patch(externalVacancyPath(id), { updated_at: made.updated_at });
    expect([status, body.message]).toEqual([400, expect.stringContaining(made.updated_at)]);
    expect((await admin.get(externalVacancyPath(id))).body).toEqual(made);
  });

  it('403: who only reads vacancies; 404: the role restricted', async () => {
    const { id } = await vacancy();
    const [member, restricted] = [
      await world.company.user('team_member'),
      await world.company.user('restricted'),
    ];
    expect((await member.patch(externalVacancyPath(id), { updated_at: NOW })).status).toBe(403);
    expect((await restricted.patch(externalVacancyPath(id), { updated_at: NOW })).status).toBe(404);
  });

  it('409: an id that is another vacancy’s', async () => {
    const [one, another] = [await vacancy(), await vacancy()];
    const { status } = await world.company.admin.patch(externalVacancyPath(one.id), {
      integrations: { workday: { id: another.id } },
      updated_at: NOW,
    });
    expect(status).toBe(409);
    expect((await world.company.admin.get(externalVacancyPath(one.id))).body).toEqual(one.made);
  });

  it('404: the id comes to another vacancy while the change waits for the first; neither is changed', async () => {
    const { admin } = world.company;
    const { id, made } = await vacancy();
    const heir = await newVacancy(world.company);
    const { status } = await underWay(
      world.server,
      made,
      [`update vacancy_key set vacancy_id = '${heir.id}' where vacancy_id = $1`],
      () => admin.patch(externalVacancyPath(id), { title: 'Whose?', updated_at: NOW }),
    );
    expect(status).toBe(404);
    for (const { hash_id, title } of [made, heir])
      expect((await admin.get(vacancyPath(hash_id))).body.title).toBe(title);
  });
});
