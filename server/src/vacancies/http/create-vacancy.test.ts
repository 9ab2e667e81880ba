import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  externalVacancyPath,
  laterThan,
  newContact,
  newVacancy,
  placed,
  somePartnerId,
  statusesOf,
  vacancyPath,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const create = (body: unknown) => world.company.admin.post('/v1/vacancy', body);
const DAY = 24 * 60 * 60 * 1000;

describe('POST /v1/vacancy', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: '/v1/vacancy', body: { title: 'Cook' } }));

  it('400: what would be larger than a page of 200 can bear, made so or become so', async () => {
    const name = 'x'.repeat(500);
    const skills = Array.from({ length: 1000 }, () => ({ id: name, name }));
    const integrations = (id: string) => ({ workday: { id, skills: skills.slice(0, 240) } });
    const large = await create({ title: 'Cook', integrations: { workday: { id: somePartnerId(), skills } } });
    expect(large.status).toBe(400);
    expect(large.body.message).toMatch(/at most 262144 bytes; this one would take \d+/);
    const fitting = await create({ title: 'Cook', integrations: integrations(somePartnerId()) });
    expect(fitting.status).toBe(200);
    const { status } = await world.company.admin.patch(vacancyPath(fitting.body.hash_id), {
      updated_at: laterThan(fitting.body),
      description: 'x'.repeat(30_000),
    });
    expect(status).toBe(400);
    expect((await world.company.admin.get(vacancyPath(fitting.body.hash_id))).body).toEqual(fitting.body);
  });

  it('200: answers the vacancy as it then reads, where it is, and leaves an audit row', async () => {
    const given = {
      title: 'Lost property attendant',
      createdAt: '2015-09-01T00:00:00.0000',
      department: 'Lost property',
      description: 'Below the tracks',
      dueDate: '2030-01-31',
      integrations: { workday: { id: somePartnerId(), skills: [{ id: '1', name: 'Patience' }] } },
      job_level_id: '1',
      job_url: 'https://example.org/jobs/1',
      location: 'Ground floor',
      manager: 'Artemis Fowler',
      owner: 'Ferris Bueller',
      published: true,
      salary: '$1000',
      stages: [{ id: 'in', value: 'Sifted', name: 'Sifting', group: 'first', order: 3, locked: true }],
      status: 'open',
      team_id: 'id-001',
      type: 'part-time',
      updated_at: '2016-01-01T12:00:00+02:00',
      visibility: 'private',
    };
    const { status, body, headers } = await create(given);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...given,
      id: body.id,
      hash_id: expect.stringMatching(/^[0-9a-z]{12}$/),
      company: String(world.company.id),
      contact_count: 0,
      createdAt: '2015-09-01T00:00:00.000Z',
      dueDate: '2030-01-31T00:00:00.000Z',
      updated_at: '2016-01-01T10:00:00.000Z',
      stages: [{ ...given.stages[0], integrations: {}, assigned: 0, contactcount: 0 }],
    });
    expect(headers.get('location')).toBe(`/v1/vacancy/${body.hash_id}`);
    expect(headers.get('x-ignored-fields')).toBeNull();
    expect((await world.company.admin.get(headers.get('location')!)).body).toEqual(body);
    expect(await auditTrail(world.server, body.id)).toEqual(['vacancy.create']);
  });

  it('200: a title is enough; it is trimmed, the stages are the usual ones, the times now', async () => {
    const before = Date.now();
    const { body } = await create({ title: '  Cook ' });
    expect(body).toEqual({
      company: String(world.company.id),
      contact_count: 0,
      createdAt: expect.any(String),
      hash_id: expect.any(String),
      id: expect.any(String),
      integrations: {},
      owner: world.company.admin.id,
      published: false,
      stages: expect.any(Array),
      title: 'Cook',
      updated_at: body.createdAt,
    });
    expect(Math.abs(Date.parse(body.createdAt) - before)).toBeLessThan(60_000);
    expect(body.stages.map(({ value }: { value: string }) => value)).toEqual([
      'Applied',
      'Screening',
      'Interview',
      'Offer',
      'Hired',
    ]);
  });

  it('200: an empty list of stages is none; null says nothing of them', async () => {
    expect((await create({ title: 'Cook', stages: [] })).body.stages).toEqual([]);
    expect((await create({ title: 'Cook', stages: null })).body.stages).toHaveLength(5);
  });

  it('200: unset and null single values are left out, a partner that is null too', async () => {
    const { body } = await create({
      title: 'Cook',
      department: null,
      dueDate: null,
      job_url: null,
      owner: null,
      published: null,
      salary: '',
      createdAt: null,
      updated_at: null,
      integrations: { taleo: null, jazz: { id: somePartnerId() } },
    });
    for (const name of ['department', 'dueDate', 'job_url', 'owner', 'salary'])
      expect(body).not.toHaveProperty(name);
    expect(body.published).toBe(false);
    expect(Object.keys(body.integrations)).toEqual(['jazz']);
  });

  it('200: what another vacancy answered can be sent, and makes a new one with the same stages', async () => {
    const first = await newVacancy(world.company, { title: 'Cook', salary: '1' });
    await placed(world.company.admin, first, (await newContact(world.company.admin)).id);
    const { body: sent } = await world.company.admin.get(vacancyPath(first.hash_id));
    expect(sent.contact_count).toBe(1);
    const { status, body, headers } = await create({ ...sent, company: '0' });
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, null]);
    expect(body).toEqual({ ...first, id: body.id, hash_id: body.hash_id });
    expect([body.id, body.hash_id]).not.toContain(first.id);
    expect(body.hash_id).not.toBe(first.hash_id);
  });

  it('200: unknown properties are ignored and named, at every depth', async () => {
    const { status, body, headers } = await create({
      title: 'Cook',
      zodiac: 'leo',
      stages: [{ value: 'In', assigned: 7, contactcount: 'many', colour: 'red' }],
      contact_count: 'many',
      id: 7,
    });
    expect(status).toBe(200);
    expect(headers.get('x-ignored-fields')).toBe('zodiac, stages[].colour');
    expect(body).not.toHaveProperty('zodiac');
    expect(body.stages[0]).toMatchObject({ assigned: 0, contactcount: 0 });
  });

  it('200: createdAt reaches a day ahead for clocks that differ, and back as far as times go', async () => {
    for (const createdAt of [
      new Date(Date.now() + DAY - 60_000).toISOString(),
      '0001-01-01T00:00:00.000Z',
      '1969-12-31T23:59:59.999Z',
    ]) {
      const { status, body } = await create({ title: 'Cook', createdAt });
      expect([status, body.createdAt]).toEqual([200, createdAt]);
      expect((await world.company.admin.get(vacancyPath(body.hash_id))).body).toEqual(body);
    }
  });

  it('200: both companies may use one id at a partner', async () => {
    const integrations = { workday: { id: somePartnerId() } };
    expect((await create({ title: 'Cook', integrations })).status).toBe(200);
    expect((await world.other.admin.post('/v1/vacancy', { title: 'Cook', integrations })).status).toBe(200);
  });

  it.each([
    [{}, 'title'],
    [{ title: null }, 'title'],
    [{ title: '' }, 'title'],
    [{ title: ' \n ' }, 'title'],
    [{ title: 7 }, 'title'],
    [{ title: 'x'.repeat(501) }, 'title'],
    [{ createdAt: 'soon' }, 'createdAt'],
    [{ createdAt: '2015-02-30' }, 'createdAt'],
    [{ createdAt: new Date(Date.now() + DAY + 60_000).toISOString() }, 'createdAt'],
    [{ updated_at: 1441065600 }, 'updated_at'],
    [{ updated_at: '' }, 'updated_at'],
    [{ dueDate: 'tomorrow' }, 'dueDate'],
    [{ published: 'true' }, 'published'],
    [{ salary: 1000 }, 'salary'],
    [{ description: 'x'.repeat(100_001) }, 'description'],
    [{ job_url: 'nowhere' }, 'job_url'],
    [{ integrations: { workday: { id: '' } } }, 'integrations.workday.id'],
    [{ integrations: { workday: 'x' } }, 'integrations.workday'],
    [{ integrations: [] }, 'integrations'],
    [{ department: 'a\u0000b' }, 'department'],
    [{ stages: {} }, 'stages'],
    [{ stages: [7] }, 'stages[0]'],
    [{ stages: [{}] }, 'stages[0]'],
    [{ stages: [{ value: ' ' }] }, 'stages[0]'],
    [{ stages: [{ id: '', value: 'In' }] }, 'stages[0].id'],
    [{ stages: [{ value: 'In', order: '1' }] }, 'stages[0].order'],
    [{ stages: [{ value: 'In', order: 1.5 }] }, 'stages[0].order'],
    [{ stages: [{ value: 'In', order: 2_147_483_648 }] }, 'stages[0].order'],
    [{ stages: [{ value: 'In', locked: 'no' }] }, 'stages[0].locked'],
    [{ stages: Array.from({ length: 101 }, (_, each) => ({ value: `S${each}` })) }, 'stages'],
  ])('400: %j is wrong at %s', async (wrong, path) => {
    const body = path === 'title' ? wrong : { title: 'Cook', ...wrong };
    const answer = await create(body);
    expect([answer.status, answer.body.message.split(': ')[0]]).toEqual([400, path]);
  });

  it('400: a body that is no object, or none', async () => {
    const token = world.company.admin.token;
    for (const body of ['[]', '"x"', 'null', '7', '{', undefined])
      expect((await world.server.call('POST', '/v1/vacancy', { token, body })).status).toBe(400);
  });

  it('403: roles that do not write vacancies', async () => {
    for (const role of ['team_member', 'limited', 'restricted', 'marketing_admin', 'confidential'] as const) {
      const caller = await world.company.user(role);
      expect((await caller.post('/v1/vacancy', { title: 'Cook' })).status).toBe(403);
    }
  });

  it('200: recruiters and admins write them', async () => {
    for (const role of ['recruiter_team_member', 'recruiter_confidential', 'admin'] as const) {
      const caller = await world.company.user(role);
      const { status, body } = await caller.post('/v1/vacancy', { title: 'Cook' });
      expect([status, body.owner]).toEqual([200, caller.id]);
    }
  });

  it('409: an id at a partner that another vacancy has, and nothing is made', async () => {
    const id = somePartnerId();
    await newVacancy(world.company, { integrations: { workday: { id } } });
    const title = `Twin ${randomUUID()}`;
    const { status, body } = await create({
      title,
      integrations: { jazz: { id: somePartnerId() }, workday: { id } },
    });
    expect([status, body.message.split(': ')[0]]).toEqual([409, 'integrations.workday.id']);
    expect(await world.server.sql('select from vacancy where title = $1', [title])).toEqual([]);
    expect((await create({ title, integrations: { taleo: { id } } })).status).toBe(200);
  });

  it('409: of many at once with one id at a partner, one is made', async () => {
    for (let round = 0; round < 6; round++) {
      const id = somePartnerId();
      const answers = await Promise.all(
        [1, 2, 3, 4, 5].map((each) => create({ title: `Cook ${each}`, integrations: { workday: { id } } })),
      );
      expect(statusesOf(answers)).toEqual([200, 409, 409, 409, 409]);
      const made = answers.find(({ status }) => status === 200)!;
      expect((await world.company.admin.get(externalVacancyPath(id))).body).toEqual(made.body);
    }
  });
});
