import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  externalVacancyPath,
  newContact,
  newVacancy,
  placed,
  somePartnerId,
  statusesOf,
  vacancyPath,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const vacancy = async () => (await newVacancy(world.company)).hash_id;

describe('DELETE /v1/vacancy/{vacancyid}', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: vacancyPath(await vacancy()) }));
  keepsCompaniesApart(world, 'DELETE', vacancy, vacancyPath);

  it.each(['hash_id', 'id'])(
    '200: by its %s; then it is nowhere, and its external id is free',
    async (name) => {
      const { admin } = world.company;
      const id = somePartnerId();
      const made = await newVacancy(world.company, { integrations: { workday: { id } } });
      const { status, body } = await admin.delete(vacancyPath(made[name]));
      expect([status, body]).toEqual([200, { code: 200, message: expect.any(String) }]);
      for (const path of [vacancyPath(made.hash_id), vacancyPath(made.id), externalVacancyPath(id)])
        expect((await admin.get(path)).status).toBe(404);
      for (const step of ['/contacts', '/history'])
        expect((await admin.get(vacancyPath(made.hash_id, step))).status).toBe(404);
      expect((await admin.get('/v1/vacancies')).body.vacancies).not.toContainEqual(made);
      expect((await admin.delete(vacancyPath(made.hash_id))).status).toBe(404);
      expect(await auditTrail(world.server, made.id)).toEqual(['vacancy.create', 'vacancy.delete']);
      expect((await newVacancy(world.company, { integrations: { workday: { id } } })).id).not.toBe(made.id);
    },
  );

  it('200: its contacts stay, locked stage or not, and are on the others as before', async () => {
    const { admin } = world.company;
    const [going, staying] = [await newVacancy(world.company), await newVacancy(world.company)];
    const { id } = await newContact(admin);
    await placed(admin, going, id, 'Hired');
    await placed(admin, staying, id);
    expect((await admin.delete(vacancyPath(going.hash_id))).status).toBe(200);
    expect((await admin.get(contactPath(id))).status).toBe(200);
    const { body } = await admin.get(contactPath(id, '/vacancies'));
    expect(body.vacancies.map((each: { id: string }) => each.id)).toEqual([staying.id]);
    const rows = 'select from vacancy_contact where vacancy_id = $1';
    expect(await world.server.sql(rows, [going.id])).toEqual([]);
  });

  it('200: of many at once one deletes it', async () => {
    const path = vacancyPath(await vacancy());
    const answers = await Promise.all([1, 2, 3, 4].map(() => world.company.admin.delete(path)));
    expect(statusesOf(answers)).toEqual([200, 404, 404, 404]);
  });

  it('200: a contact that comes at that moment is on it before, or finds it gone', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 10; round++) {
      const going = await newVacancy(world.company);
      const { id } = await newContact(admin);
      const [came, gone] = await Promise.all([
        admin.put(vacancyPath(going.hash_id, `/contacts/${id}`), {}),
        admin.delete(vacancyPath(going.hash_id)),
      ]);
      expect(gone.status).toBe(200);
      expect([200, 404]).toContain(came.status);
      expect((await admin.get(contactPath(id, '/vacancies'))).body.metadata.totalCount).toBe(0);
    }
  });

  it('200: an admin may; 403: recruiters and readers; 404: the role restricted', async () => {
    const path = vacancyPath(await vacancy());
    for (const [role, status] of [
      ['restricted', 404],
      ['team_member', 403],
      ['limited', 403],
      ['recruiter_team_member', 403],
      ['recruiter_confidential', 403],
      ['admin', 200],
    ] as const) {
      const caller = await world.company.user(role);
      expect([role, (await caller.delete(path)).status]).toEqual([role, status]);
    }
  });

  it('404: whatever names none', async () => {
    const recruiter = await world.company.user('recruiter_team_member');
    for (const name of [randomUUID(), 'none', '%']) {
      expect((await world.company.admin.delete(vacancyPath(name))).status).toBe(404);
      expect((await recruiter.delete(vacancyPath(name))).status).toBe(404);
    }
  });
});
