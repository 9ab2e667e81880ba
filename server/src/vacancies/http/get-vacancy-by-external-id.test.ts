import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { externalVacancyPath, newVacancy, somePartnerId } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const vacancy = async () => {
  const id = somePartnerId();
  await newVacancy(world.company, { integrations: { workday: { id } } });
  return id;
};

describe('GET /v1/vacancy/external/{partnername}/{externalid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: externalVacancyPath(await vacancy()) }));
  keepsCompaniesApart(world, 'GET', vacancy, externalVacancyPath);

  it('200: by any of its ids, each at its own partner', async () => {
    const [workday, taleo] = [somePartnerId(), 'ä/ö %?#'];
    const made = await newVacancy(world.company, {
      integrations: { workday: { id: workday, url: 'https://example.org' }, taleo: { id: taleo } },
    });
    const read = (partner: string, id: string) =>
      world.company.admin.get(`/v1/vacancy/external/${partner}/${encodeURIComponent(id)}`);
    expect((await read('workday', workday)).body).toEqual(made);
    expect((await read('taleo', taleo)).body).toEqual(made);
    expect((await read('Taleo', taleo)).body).toEqual(made);
    expect((await read('taleo', workday)).status).toBe(404);
    expect((await read('jazz', workday)).status).toBe(404);
    expect((await read('workday', workday.toUpperCase())).status).toBe(404);
  });

  it('400: an unknown partner', async () => {
    const { status, body } = await world.company.admin.get(`/v1/vacancy/external/excel/1`);
    expect([status, body.message]).toEqual([
      400,
      'partnername: must be one of brassring, greenhouse, jazz, successfactors, taleo, workday',
    ]);
  });

  it('404: the role restricted', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.get(externalVacancyPath(await vacancy()))).status).toBe(404);
  });
});
