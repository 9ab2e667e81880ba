import { beforeAll, describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { laterThan, newContact, newVacancy, placed, vacancyPath } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
/** Made in this order; by creation b, c, a; by change a, c, b. */
const vacancies: Record<string, Answer['body']> = {};
beforeAll(async () => {
  for (const [title, createdAt, updated_at] of [
    ['a', '2003-03-03', '2011-01-01'],
    ['b', '2001-01-01', '2013-03-03'],
    ['c', '2002-02-02', '2012-02-02'],
  ] as const)
    vacancies[title] = await newVacancy(world.company, { title, createdAt, updated_at });
});

const list = (query: Record<string, string | number> = {}) =>
  world.company.admin.get(
    `/v1/vacancies?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, `${value}`]))}`,
  );
const titlesOf = ({ body }: Answer) => body.vacancies.map(({ title }: { title: string }) => title).join('');

describe('GET /v1/vacancies', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: '/v1/vacancies' }));

  it('200: all of them as they are read one by one, oldest first', async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body).toEqual({ vacancies: [vacancies.b, vacancies.c, vacancies.a], totalCount: 3 });
  });

  it('200: another company finds none and counts none, whatever it asks', async () => {
    for (const query of ['', '?created_at=2000-01-01&created_at_op=gte', '?sort_field=id']) {
      const { body } = await world.other.admin.get(`/v1/vacancies${query}`);
      expect(body).toEqual({ vacancies: [], totalCount: 0 });
    }
  });

  it.each([
    [{}, 'bca'],
    [{ sort_field: 'createdAt' }, 'bca'],
    [{ sort_field: 'created_at', sort_order: 'desc' }, 'acb'],
    [{ sort_field: 'updatedAt' }, 'acb'],
    [{ sort_field: 'updated_at', sort_order: 'desc' }, 'bca'],
    [{ sort_field: 'id', sort_order: 'asc' }, 'abc'],
    [{ sort_field: 'id', sort_order: 'desc' }, 'cba'],
    [{ sort_order: 'desc' }, 'acb'],
  ])('200: sorted by %j', async (query, titles) => {
    expect(titlesOf(await list(query))).toBe(titles);
  });

  it.each([
    ['eq', 'c'],
    ['neq', 'ba'],
    ['lt', 'b'],
    ['lte', 'bc'],
    ['gt', 'a'],
    ['gte', 'ca'],
  ])('200: created_at_op=%s', async (created_at_op, titles) => {
    const answer = await list({ created_at: '2002-02-02T00:00:00Z', created_at_op });
    expect([titlesOf(answer), answer.body.totalCount]).toEqual([titles, titles.length]);
  });

  it.each([
    ['eq', 'c'],
    ['neq', 'ab'],
    ['lt', 'a'],
    ['lte', 'ac'],
    ['gt', 'b'],
    ['gte', 'cb'],
  ])('200: updated_at_op=%s', async (updated_at_op, titles) => {
    const answer = await list({ updated_at: '2012-02-02', updated_at_op, sort_field: 'updatedAt' });
    expect([titlesOf(answer), answer.body.totalCount]).toEqual([titles, titles.length]);
  });

  it('200: both times at once', async () => {
    const answer = await list({
      created_at: '2001-06-01',
      created_at_op: 'gt',
      updated_at: '2012-01-01',
      updated_at_op: 'gt',
    });
    expect(titlesOf(answer)).toBe('c');
  });

  it.each(['2002-02-02T01:00:00+01:00', '2002-02-02T00:00:00.0000', '2002-02-01T19:00:00-0500'])(
    '200: %s is the moment it is anywhere',
    async (created_at) => {
      expect(titlesOf(await list({ created_at, created_at_op: 'eq' }))).toBe('c');
    },
  );

  it.each([
    [{ limit: 2 }, 'bc'],
    [{ limit: 2, offset: 2 }, 'a'],
    [{ limit: 1, offset: 1, sort_order: 'desc' }, 'c'],
    [{ limit: 0 }, ''],
    [{ offset: 3 }, ''],
    [{ offset: 9800 }, ''],
    [{ limit: 0, offset: 10_000 }, ''],
  ])('200: the page %j, and the count of all', async (page, titles) => {
    const answer = await list(page);
    expect([titlesOf(answer), answer.body.totalCount]).toEqual([titles, 3]);
  });

  it('200: vacancies of one moment are completed by their ids, and pages neither lose nor repeat one', async () => {
    const own = await world.server.company();
    const made = [];
    for (let each = 0; each < 7; each++)
      made.push((await newVacancy(own, { createdAt: '2020-01-01', updated_at: '2020-01-01' })).id);
    for (const sort_field of ['createdAt', 'updated_at', 'id'])
      for (const [sort_order, expected] of [
        ['asc', made],
        ['desc', made.toReversed()],
      ] as const) {
        const ids = [];
        for (let offset = 0; offset < 9; offset += 3) {
          const page = `limit=3&offset=${offset}&sort_field=${sort_field}&sort_order=${sort_order}`;
          const { body } = await own.admin.get(`/v1/vacancies?${page}`);
          ids.push(...body.vacancies.map(({ id }: { id: string }) => id));
        }
        expect(ids).toEqual(expected);
      }
  });

  it('200: a change and the contacts on it show in the list as they do one by one', async () => {
    const own = await world.server.company();
    const vacancy = await newVacancy(own);
    await placed(own.admin, vacancy, (await newContact(own.admin)).id, 'Interview');
    const path = vacancyPath(vacancy.hash_id);
    await own.admin.patch(path, { department: 'Kitchen', updated_at: laterThan(vacancy) });
    const { body } = await own.admin.get(path);
    expect(body).toMatchObject({ department: 'Kitchen', contact_count: 1 });
    expect((await own.admin.get('/v1/vacancies')).body).toEqual({ vacancies: [body], totalCount: 1 });
  });

  it('200: two hundred where no limit is asked for; the count is exact up to 10,000, past it an estimate', async () => {
    const own = await world.server.company();
    const { id } = await newVacancy(own, { createdAt: '2020-01-01' });
    await world.server.sql(
      `insert into vacancy (company_id, id, hash_id, title, created_at, updated_at)
       select company_id, gen_random_uuid(), 'h' || n, title, created_at + n * interval '1 ms', updated_at
       from vacancy, generate_series(1, 10004) n where id = $1`,
      [id],
    );
    const { body } = await own.admin.get('/v1/vacancies');
    expect(body.vacancies).toHaveLength(200);
    expect(body.totalCount).toBeGreaterThanOrEqual(10_000);
    const some = await own.admin.get(
      '/v1/vacancies?limit=1&created_at_op=gt&created_at=2020-01-01T00:00:00.004Z',
    );
    expect(some.body.totalCount).toBe(10_000);
  });

  it.each([
    ['limit=201', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=many', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['offset=-1', 'offset'],
    ['offset=1e99', 'offset'],
    ['created_at=2002-02-02', 'created_at_op'],
    ['created_at_op=gte', 'created_at'],
    ['updated_at=2002-02-02', 'updated_at_op'],
    ['updated_at_op=gte', 'updated_at'],
    ['created_at=2002-02-02&created_at_op=like', 'created_at_op'],
    ['created_at=yesterday&created_at_op=eq', 'created_at'],
    ['created_at=2002-02-30&created_at_op=eq', 'created_at'],
    ['sort_field=title', 'sort_field'],
    ['sort_order=up', 'sort_order'],
    ['integration_id=%00&integration_name=jazz', 'integration_id'],
  ])('400: %s is wrong at %s', async (query, field) => {
    const { status, body } = await world.company.admin.get(`/v1/vacancies?${query}`);
    expect([status, body.message.split(': ')[0]]).toEqual([400, field]);
  });

  it.each(['offset=9801', 'limit=1&offset=10000', 'limit=200&offset=2147483647'])(
    '400: %s reaches too deep, and the cursor is named as the way on',
    async (query) => {
      const { status, body } = await world.company.admin.get(`/v1/vacancies?${query}`);
      expect(status).toBe(400);
      expect(body.message).toMatch(/created_at_op=gte.*sort_field=createdAt/);
    },
  );

  it('403: the role restricted', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.get('/v1/vacancies')).status).toBe(403);
  });
});
