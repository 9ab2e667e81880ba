import { beforeAll, describe, expect, it } from 'vitest';
import { newVacancy, vacancyPath } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
beforeAll(async () => {
  const of = (title: string, integrations: object) => newVacancy(world.company, { title, integrations });
  await of('none', {});
  await of('workday 1', { workday: { id: '1' } });
  await of('workday 2', { workday: { id: '2' }, taleo: { id: '1' } });
  await of('taleo 2', { taleo: { id: '2', url: 'https://example.org' } });
});
const list = (query: string, caller = world.company.admin) => caller.get(`/v1/vacancies?${query}`);

describe('GET /v1/vacancies by integration', () => {
  it.each([
    ['integration_name=workday', ['workday 1', 'workday 2']],
    ['integration_name=Taleo', ['workday 2', 'taleo 2']],
    ['integration_name=jazz', []],
    ['integration_name=taleo&integration_id=1', ['workday 2']],
    ['integration_name=workday&integration_id=1', ['workday 1']],
    ['integration_name=workday&integration_id=3', []],
    ['integration_name=workday&integration_id=', ['workday 1', 'workday 2']],
    ['integration_name=workday&sort_order=desc&limit=1', ['workday 2']],
    ['integration_name=&integration_id=', ['none', 'workday 1', 'workday 2', 'taleo 2']],
    ['integration_name=workday&created_at=2000-01-01&created_at_op=lt', []],
  ])('200: %s', async (query, titles) => {
    const { status, body } = await list(query);
    expect(status).toBe(200);
    expect(body.vacancies.map(({ title }: { title: string }) => title)).toEqual(titles);
    expect(body.totalCount).toBe(query.includes('limit') ? 2 : titles.length);
  });

  it('200: another company’s ids are none of this one’s', async () => {
    const { body } = await list('integration_name=workday&integration_id=1', world.other.admin);
    expect(body).toEqual({ vacancies: [], totalCount: 0 });
  });

  it('200: no longer by an id that was given up, or whose vacancy was deleted', async () => {
    const own = await world.server.company();
    const given = { integrations: { brassring: { id: 'b' } } };
    const first = await newVacancy(own, given);
    const query = '/v1/vacancies?integration_name=brassring&integration_id=b';
    await own.admin.patch(vacancyPath(first.hash_id), { integrations: {}, updated_at: '2100-01-01' });
    expect((await own.admin.get(query)).body.totalCount).toBe(0);
    const second = await newVacancy(own, given);
    expect((await own.admin.get(query)).body).toEqual({ vacancies: [second], totalCount: 1 });
    await own.admin.delete(vacancyPath(second.hash_id));
    expect((await own.admin.get(query)).body).toEqual({ vacancies: [], totalCount: 0 });
  });

  it.each([
    ['integration_id=1', 'integration_name'],
    ['integration_name=&integration_id=1', 'integration_name'],
    ['integration_name=excel', 'integration_name'],
    ['integration_name=__proto__&integration_id=1', 'integration_name'],
    ['integration_name=work&integration_id=1', 'integration_name'],
  ])('400: %s', async (query, field) => {
    const { status, body } = await list(query);
    expect([status, body.message.split(': ')[0]]).toEqual([400, field]);
  });
});
