import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
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
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const NOW = '2100-01-01T00:00:00.000Z';
const patch = (vacancy: Answer['body'], change: object) =>
  world.company.admin.patch(vacancyPath(vacancy.hash_id), { updated_at: laterThan(vacancy), ...change });
const read = async (name: string) => (await world.company.admin.get(vacancyPath(name))).body;

describe('PATCH /v1/vacancy/{vacancyid}', () => {
  const vacancy = async () => (await newVacancy(world.company)).hash_id;
  knowsItsCallers(world, 'PATCH', async () => ({
    path: vacancyPath(await vacancy()),
    body: { updated_at: NOW },
  }));
  keepsCompaniesApart(world, 'PATCH', vacancy, vacancyPath, { body: { updated_at: NOW, title: 'Mine' } });
  keepsCompaniesApart(world, 'PATCH', async () => (await newVacancy(world.company)).id, vacancyPath, {
    body: { updated_at: NOW, title: 'Mine' },
  });

  it('200: what it names is replaced, the rest stays; it reads as answered; an audit row', async () => {
    const before = await newVacancy(world.company, { department: 'Kitchen', salary: '1', location: 'Oslo' });
    const change = {
      title: ' Chef ',
      salary: '2',
      dueDate: '2030-01-31T01:00:00+01:00',
      published: true,
      integrations: { jazz: { id: somePartnerId() } },
      updated_at: '2099-12-31',
    };
    const { status, body, headers } = await patch(before, change);
    expect(status).toBe(200);
    expect(headers.get('x-ignored-fields')).toBeNull();
    expect(body).toEqual({
      ...before,
      ...change,
      title: 'Chef',
      dueDate: '2030-01-31T00:00:00.000Z',
      updated_at: '2099-12-31T00:00:00.000Z',
    });
    expect(await read(before.hash_id)).toEqual(body);
    expect(await auditTrail(world.server, before.id)).toEqual(['vacancy.create', 'vacancy.update']);
    const [row] = await world.server.sql(
      `select fields from audit_entry where subject_id = $1 and action = 'vacancy.update'`,
      [before.id],
    );
    expect(row!.fields.toSorted()).toEqual(Object.keys(change).toSorted());
  });

  it('200: by its id in either case too', async () => {
    const before = await newVacancy(world.company);
    for (const [step, id] of [before.id, before.id.toUpperCase()].entries()) {
      const updated_at = laterThan(before, step + 1);
      const { status } = await world.company.admin.patch(vacancyPath(id), { updated_at, title: `T${step}` });
      expect(status).toBe(200);
      expect(await read(before.hash_id)).toEqual({ ...before, updated_at, title: `T${step}` });
    }
  });

  it('200: null and the empty text clear', async () => {
    const set = {
      department: 'Kitchen',
      salary: '1',
      dueDate: '2030-01-31',
      owner: 'Ferris',
      published: true,
      integrations: { jazz: { id: somePartnerId() } },
    };
    const before = await newVacancy(world.company, set);
    const { body } = await patch(before, {
      department: null,
      salary: '',
      dueDate: null,
      owner: null,
      published: null,
      integrations: null,
    });
    const { department: _d, salary: _s, dueDate: _u, owner: _o, ...rest } = before;
    expect(body).toEqual({ ...rest, published: false, integrations: {}, updated_at: laterThan(before) });
  });

  it('200: what it answered can be sent back with a later time, and nothing but that changes', async () => {
    const before = await newVacancy(world.company, {
      department: 'Kitchen',
      job_url: 'https://example.org',
      dueDate: '2030-01-31',
      published: true,
      integrations: { greenhouse: { id: somePartnerId(), email: 'a@example.org' } },
      stages: [
        { id: 'a', value: 'In', name: 'Into', group: 'g', order: 5, locked: true },
        { value: 'Out', order: -5, integrations: { workday: { id: 'w', skills: [{ id: '1' }] } } },
      ],
    });
    await placed(world.company.admin, before, (await newContact(world.company.admin)).id, 'Out');
    const sent = await read(before.hash_id);
    const { status, body, headers } = await patch(sent, { ...sent, updated_at: laterThan(sent) });
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, null]);
    expect(body).toEqual({ ...sent, updated_at: laterThan(sent) });
    expect(body.stages[0]).toMatchObject({ value: 'Out', contactcount: 1, assigned: 1 });
  });

  it('200: what is given on making, or counted, is dropped without a word, whatever it is', async () => {
    const before = await newVacancy(world.company);
    const { status, body, headers } = await patch(before, {
      id: randomUUID(),
      hash_id: 'mine',
      company: '0',
      contact_count: 'many',
      createdAt: 'once',
    });
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, null]);
    expect(body).toEqual({ ...before, updated_at: laterThan(before) });
  });

  it('200: unknown properties are ignored and named', async () => {
    const before = await newVacancy(world.company);
    const { headers, body } = await patch(before, { zodiac: 'leo' });
    expect(headers.get('x-ignored-fields')).toBe('zodiac');
    expect(body).toEqual({ ...before, updated_at: laterThan(before) });
  });

  it('400: whatever does not fit, named by its path, and nothing is changed', async () => {
    const before = await newVacancy(world.company);
    const cases: [object, string][] = [
      [{ title: null }, 'title'],
      [{ title: '' }, 'title'],
      [{ title: '  ' }, 'title'],
      [{ title: 'x'.repeat(501) }, 'title'],
      [{ published: 'yes' }, 'published'],
      [{ dueDate: '2030-02-30' }, 'dueDate'],
      [{ job_url: 'here' }, 'job_url'],
      [{ owner: {} }, 'owner'],
      [{ integrations: { jazz: { id: 7 } } }, 'integrations.jazz.id'],
      [{ stages: [{ id: 'a', value: 'x' }, {}] }, 'stages[1]'],
      [{ stages: 'none' }, 'stages'],
      [{ salary: '\ud800' }, 'salary'],
    ];
    for (const [change, path] of cases) {
      const { status, body } = await patch(before, { title: 'Changed', ...change });
      expect([status, body.message.split(': ')[0]]).toEqual([400, path]);
    }
    expect(await read(before.hash_id)).toEqual(before);
  });

  it('403: roles that read vacancies and do not write them; 404: the role restricted', async () => {
    const before = await newVacancy(world.company);
    const change = { updated_at: NOW, title: 'Mine' };
    for (const [role, expected] of [
      ['team_member', 403],
      ['marketing_limited', 403],
      ['confidential', 403],
      ['restricted', 404],
    ] as const) {
      const caller = await world.company.user(role);
      expect((await caller.patch(vacancyPath(before.hash_id), change)).status).toBe(expected);
      expect((await caller.patch(vacancyPath(randomUUID()), change)).status).toBe(404);
    }
    expect(await read(before.hash_id)).toEqual(before);
  });

  it.each(['recruiter_team_member', 'recruiter_confidential', 'admin'] as const)(
    '200: a %s',
    async (role) => {
      const before = await newVacancy(world.company);
      const caller = await world.company.user(role);
      const { body } = await caller.patch(vacancyPath(before.hash_id), { updated_at: NOW, title: 'Chef' });
      expect(body).toEqual({ ...before, title: 'Chef', updated_at: NOW });
    },
  );

  it('404: a vacancy that is gone', async () => {
    const gone = await newVacancy(world.company);
    await world.company.admin.delete(vacancyPath(gone.hash_id));
    expect((await patch(gone, {})).status).toBe(404);
  });

  it('409: an id at a partner that another vacancy has, and nothing is changed', async () => {
    const id = somePartnerId();
    await newVacancy(world.company, { integrations: { workday: { id } } });
    const before = await newVacancy(world.company, { integrations: { workday: { id: somePartnerId() } } });
    const { status, body } = await patch(before, { title: 'Changed', integrations: { workday: { id } } });
    expect([status, body.message.split(': ')[0]]).toEqual([409, 'integrations.workday.id']);
    expect(await read(before.hash_id)).toEqual(before);
  });

  it('200: an id that its vacancy gives up is free for another', async () => {
    const id = somePartnerId();
    const [first, second] = [
      await newVacancy(world.company, { integrations: { workday: { id } } }),
      await newVacancy(world.company),
    ];
    await patch(first, { integrations: { workday: { id: somePartnerId() } } });
    expect((await world.company.admin.get(externalVacancyPath(id))).status).toBe(404);
    expect((await patch(second, { integrations: { workday: { id } } })).status).toBe(200);
    expect((await world.company.admin.get(externalVacancyPath(id))).body.id).toBe(second.id);
  });

  it('409: of many that want one id at a partner at once, one gets it', async () => {
    const id = somePartnerId();
    const vacancies = await Promise.all([1, 2, 3, 4].map(() => newVacancy(world.company)));
    const answers = await Promise.all(
      vacancies.map((each) => patch(each, { integrations: { workday: { id } } })),
    );
    expect(statusesOf(answers)).toEqual([200, 409, 409, 409]);
  });
});
