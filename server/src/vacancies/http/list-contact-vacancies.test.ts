import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  contactPath,
  newContact,
  newVacancy,
  placed,
  somePartnerId,
  stageOf,
  standingPath,
  vacancyPath,
} from '../../../test/factories.ts';
import type { Answer, Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
type Body = Answer['body'];
const path = (id: string, query = '') => contactPath(id, `/vacancies${query}`);
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;
const titles = async (id: string, query = '', caller: Caller = world.company.admin) => {
  const { status, body } = await caller.get(path(id, query));
  expect(status).toBe(200);
  return [body.vacancies.map(({ value }: Body) => value).join(', '), body.metadata.totalCount];
};
/** A contact on a vacancy of each of these titles, in their order. */
async function onEach(...named: string[]) {
  const id = await contact();
  for (const title of named)
    await placed(world.company.admin, await newVacancy(world.company, { title }), id);
  return id;
}

describe('GET /v1/contact/{contactid}/vacancies', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: path(await contact()) }));
  keepsCompaniesApart(world, 'GET', contact, path);

  it('200: each with where the contact is on it, and its stages with their counts', async () => {
    const { admin } = world.company;
    const id = await contact();
    const made = await newVacancy(world.company, {
      integrations: { workday: { id: somePartnerId() } },
      owner: 'Ferris Bueller',
      stages: [{ value: 'In', group: 'g', order: 7, locked: true }, { value: 'Out' }],
    });
    const { body: answer } = await admin.put(standingPath(made, id), {
      stage: { id: stageOf(made, 'In'), date: '2020-01-01' },
      priority: 'high',
      rejectionReason: { id: 'r', value: 'No', date: '2020-02-02' },
    });
    const { body: read } = await admin.get(vacancyPath(made.hash_id));
    expect((await admin.get(path(id))).body).toEqual({
      metadata: { totalCount: 1 },
      vacancies: [
        {
          id: made.id,
          shortPublicId: made.hash_id,
          value: made.title,
          owner: 'Ferris Bueller',
          integrations: made.integrations,
          stages: read.stages,
          date: '2020-01-01T00:00:00.000Z',
          priority: 'high',
          rejectionReason: { id: 'r', value: 'No', date: '2020-02-02T00:00:00.000Z' },
          stage: answer.stage,
        },
      ],
    });
    expect(read.stages.find(({ value }: Body) => value === 'In')).toMatchObject({
      contactcount: 1,
      assigned: 0,
    });
    expect(answer.stage).toEqual({
      date: '2020-01-01T00:00:00.000Z',
      group: 'g',
      id: stageOf(made, 'In'),
      locked: true,
      value: 'In',
    });
  });

  it('200: what is unset is left out; collections are there', async () => {
    const id = await contact();
    const made = await newVacancy(world.company, { owner: null, stages: [{ value: 'In' }] });
    await placed(world.company.admin, made, id);
    const [entry] = (await world.company.admin.get(path(id))).body.vacancies;
    expect(Object.keys(entry).toSorted()).toEqual(
      ['date', 'id', 'integrations', 'shortPublicId', 'stage', 'stages', 'value'].toSorted(),
    );
    expect(Object.keys(entry.stage).toSorted()).toEqual(['date', 'id', 'locked', 'value']);
  });

  it('200: by when it came to them, a page at a time', async () => {
    const id = await onEach('A', 'B', 'C', 'D');
    expect(await titles(id)).toEqual(['A, B, C, D', 4]);
    expect(await titles(id, '?limit=2')).toEqual(['A, B', 4]);
    expect(await titles(id, '?skip=1&limit=2')).toEqual(['B, C', 4]);
    expect(await titles(id, '?skip=3')).toEqual(['D', 4]);
    expect(await titles(id, '?skip=4')).toEqual(['', 4]);
    expect(await titles(id, '?limit=0')).toEqual(['', 4]);
  });

  it('200: fifty where no limit is asked for', async () => {
    const id = await contact();
    const { id: first } = await newVacancy(world.company);
    await world.server.sql(
      `with copies as (
         insert into vacancy (company_id, id, hash_id, title, created_at, updated_at)
         select company_id, gen_random_uuid(), 'copy' || n, title, created_at, updated_at
         from vacancy, generate_series(1, 52) n where id = $1 returning company_id, id),
       stages as (
         insert into vacancy_stage (company_id, vacancy_id, id, place, value, name, sort_order)
         select company_id, id, 's', 0, 'In', 'In', 0 from copies)
       insert into vacancy_contact (company_id, vacancy_id, contact_id, stage_id, stage_at, added_at)
       select company_id, id, $2, 's', now(), now() from copies`,
      [first, id],
    );
    const { body } = await world.company.admin.get(path(id));
    expect([body.vacancies.length, body.metadata.totalCount]).toEqual([50, 52]);
    expect((await world.company.admin.get(path(id, '?limit=200'))).body.vacancies).toHaveLength(52);
  });

  it('200: the counts are for the reader', async () => {
    const { admin } = world.company;
    const made = await newVacancy(world.company);
    const [id, secret] = [await contact(), await contact({ confidential: true })];
    for (const each of [id, secret]) await placed(admin, made, each);
    const member = await world.company.user('team_member');
    const counts = async (caller: Caller) =>
      (await caller.get(path(id))).body.vacancies[0].stages.map(({ contactcount }: Body) => contactcount);
    expect(await counts(admin)).toEqual([2, 0, 0]);
    expect(await counts(member)).toEqual([1, 0, 0]);
  });

  it('200: of an archived contact too', async () => {
    const id = await onEach('A');
    await world.company.admin.post(contactPath(id, '/archive'));
    expect(await titles(id)).toEqual(['A', 1]);
  });

  it('200: for the role restricted a contact that it sees is on none, here and in the contact', async () => {
    const { admin } = world.company;
    const restricted = await world.company.user('restricted');
    const id = await contact({ assignedTo: restricted.id });
    const made = await newVacancy(world.company);
    await placed(admin, made, id);
    expect(await titles(id, '', restricted)).toEqual(['', 0]);
    expect((await restricted.get(contactPath(id))).body.vacancies).toEqual([]);
    const { body } = await restricted.get('/v1/contacts');
    expect(body.contacts.map((each: Body) => [each.id, each.vacancies])).toEqual([[id, []]]);
    const limited = await world.company.user('limited', 'restricted');
    await admin.patch(contactPath(id), { assignedTo: limited.id });
    expect((await limited.get(contactPath(id))).body.vacancies).toHaveLength(1);
  });

  it.each([
    ['limit=201', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=x', 'limit'],
    ['skip=-1', 'skip'],
    ['skip=1.5', 'skip'],
    ['queryString=%00', 'queryString'],
    [`queryString=${'x'.repeat(501)}`, 'queryString'],
  ])('400: %.20s', async (query, field) => {
    const { status, body } = await world.company.admin.get(path(await contact(), `?${query}`));
    expect([status, body.message.split(': ')[0]]).toEqual([400, field]);
  });

  it('404: a contact that is none, is gone, or is not for the caller to see', async () => {
    const { admin } = world.company;
    const [deleted, hidden, secret] = [
      await contact(),
      await contact(),
      await contact({ confidential: true }),
    ];
    await admin.delete(contactPath(deleted));
    await admin.post(contactPath(hidden, '/anonymize'));
    for (const id of [deleted, hidden, randomUUID(), 'none'])
      expect((await admin.get(path(id))).status).toBe(404);
    const [member, restricted] = [
      await world.company.user('team_member'),
      await world.company.user('restricted'),
    ];
    expect((await member.get(path(secret))).status).toBe(404);
    expect((await restricted.get(path(secret))).status).toBe(404);
  });
});

describe('queryString in GET /v1/contact/{contactid}/vacancies', () => {
  let id: string;
  beforeAll(async () => {
    id = await onEach('Padel Coach', 'Pádel Ÿ', '100% Remote', 'a_b', 'axb', 'back\\slash');
  });

  it.each([
    ['padel', 'Padel Coach, Pádel Ÿ'],
    ['pádel', 'Padel Coach, Pádel Ÿ'],
    ['PÁDEL', 'Padel Coach, Pádel Ÿ'],
    ['pa\u0301del', 'Padel Coach, Pádel Ÿ'],
    ['L C', 'Padel Coach'],
    ['y', 'Pádel Ÿ'],
    ['%', '100% Remote'],
    ['_', 'a_b'],
    ['a_', 'a_b'],
    ['\\', 'back\\slash'],
    ['.', ''],
    ['*', ''],
    ["'", ''],
    ['coach padel', ''],
    ['', 'Padel Coach, Pádel Ÿ, 100% Remote, a_b, axb, back\\slash'],
  ])('200: queryString %j finds %j', async (queryString, found) => {
    const count = found === '' ? 0 : found.split(', ').length;
    const query = `?queryString=${encodeURIComponent(queryString)}`;
    expect(await titles(id, query)).toEqual([found, count]);
    expect(await titles(id, `${query}&limit=1&skip=1`)).toEqual([found.split(', ')[1] ?? '', count]);
  });
});
