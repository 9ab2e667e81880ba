import { describe, expect, it } from 'vitest';
import {
  auditTrail,
  contactPath,
  newContact,
  newVacancy,
  placed,
  stageOf,
  standingPath,
  statusesOf,
  vacancyPath,
} from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';
import { underWay } from './fixtures/under-way.ts';

const world = twoCompanies();
type Body = Answer['body'];
const at = (vacancy: Body, value: string) => ({ stage: { id: stageOf(vacancy, value) } });
const both = async () =>
  [await newVacancy(world.company), (await newContact(world.company.admin)).id] as const;
const history = async ({ hash_id }: Body): Promise<Body[]> =>
  (await world.company.admin.get(vacancyPath(hash_id, '/history?limit=200'))).body.history;

const during = (change: string[], vacancy: Body, request: () => Promise<Answer>) =>
  underWay(world.server, vacancy, change, request);

describe('contacts that move on a vacancy at once', () => {
  it('two clients move one: both moves are told, each from where the former went', async () => {
    const { admin } = world.company;
    const second = await world.server.sibling();
    for (let round = 0; round < 8; round++) {
      const [vacancy, id] = await both();
      await placed(admin, vacancy, id);
      const body = at(vacancy, 'Hired');
      const answers = await Promise.all([
        admin.put(standingPath(vacancy, id), at(vacancy, 'Interview')),
        second.call('PUT', standingPath(vacancy, id), { token: admin.token, body }),
      ]);
      const told = await history(vacancy);
      expect(statusesOf(answers)).toEqual(told.length === 3 ? [200, 200] : [200, 409]);
      expect(told.slice(1).map(({ from }) => from)).toEqual(told.slice(0, -1).map(({ to }) => to));
      const { body: contact } = await admin.get(contactPath(id));
      expect(contact.vacancies[0].stage).toEqual(told.at(-1)!.to);
      expect(contact.version).toBe(1 + told.length);
    }
  });

  it('many clients move one back and forth: every move is told, in one chain', async () => {
    const { admin } = world.company;
    const [vacancy, id] = await both();
    await placed(admin, vacancy, id);
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, each) =>
        each % 4 === 3
          ? admin.patch(contactPath(id), { vacancies: [{ id: vacancy.id, ...at(vacancy, 'Applied') }] })
          : admin.put(standingPath(vacancy, id), at(vacancy, each % 2 ? 'Applied' : 'Interview')),
      ),
    );
    expect(statusesOf(answers)).toEqual(answers.map(() => 200));
    const told = await history(vacancy);
    expect(told.length).toBeGreaterThan(1);
    expect(told.slice(1).map(({ from }) => from)).toEqual(told.slice(0, -1).map(({ to }) => to));
    expect(new Set(told.slice(1).map(({ kind }) => kind))).toEqual(new Set(['moved']));
    const { body } = await admin.get(contactPath(id));
    expect([body.version, body.vacancies[0].stage]).toEqual([1 + told.length, told.at(-1)!.to]);
  });

  it('the same sent many times at once happens once', async () => {
    const { admin } = world.company;
    const [vacancy, id] = await both();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => admin.put(standingPath(vacancy, id), at(vacancy, 'Interview'))),
    );
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(statusesOf(answers)).toEqual(answers.map(() => 200));
    expect((await history(vacancy)).map(({ kind }) => kind)).toEqual(['added']);
    expect((await admin.get(contactPath(id))).body.version).toBe(2);
    expect(await auditTrail(world.server, id)).toEqual(['contact.create', 'contact.update']);
  });

  it('put on several vacancies at once, a contact is on all of them, each once', async () => {
    const { admin } = world.company;
    const { id } = await newContact(admin);
    const vacancies = await Promise.all([1, 2, 3, 4, 5].map(() => newVacancy(world.company)));
    await Promise.all(vacancies.map((vacancy) => placed(admin, vacancy, id)));
    const { body } = await admin.get(contactPath(id));
    expect(body.version).toBe(6);
    expect(body.vacancies.map((entry: Body) => entry.id).toSorted()).toEqual(
      vacancies.map((vacancy) => vacancy.id).toSorted(),
    );
  });

  it('a contact that is deleted while it is moved is on no vacancy', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 8; round++) {
      const [vacancy, id] = await both();
      const [moved, gone] = await Promise.all([
        admin.put(standingPath(vacancy, id), {}),
        admin.delete(contactPath(id)),
      ]);
      expect(gone.status).toBe(200);
      expect([200, 404]).toContain(moved.status);
      for (const table of ['vacancy_contact', 'vacancy_move'])
        expect(await world.server.sql(`select from ${table} where contact_id = $1`, [id])).toEqual([]);
      expect((await admin.get(vacancyPath(vacancy.hash_id))).body.contact_count).toBe(0);
    }
  });
});

describe('a contact that comes or moves while its vacancy is changed', () => {
  it.each(['PUT', 'PATCH', 'POST'])('%s spells the new title and stage, in the history too', async (way) => {
    const { admin } = world.company;
    const [vacancy, id] = await both();
    const entry = { id: vacancy.hash_id, ...at(vacancy, 'Interview') };
    const { status, body } = await during(
      [
        `update vacancy set title = 'Renamed' where id = $1`,
        `update vacancy_stage set value = 'Talk' where vacancy_id = $1 and value = 'Interview'`,
      ],
      vacancy,
      () => {
        if (way === 'PUT') return admin.put(standingPath(vacancy, id), at(vacancy, 'Interview'));
        if (way === 'PATCH') return admin.patch(contactPath(id), { vacancies: [entry] });
        return admin.post('/v1/contact', { fullName: 'Ada Lovelace', vacancies: [entry] });
      },
    );
    expect(status).toBe(200);
    const { body: contact } = await admin.get(contactPath(body.id));
    expect(contact.vacancies).toEqual([
      { id: vacancy.id, value: 'Renamed', stage: { id: stageOf(vacancy, 'Interview'), value: 'Talk' } },
    ]);
    expect((await history(vacancy)).map(({ to }) => to.value)).toEqual(['Talk']);
  });

  it('409: its stage is locked by then', async () => {
    const { admin } = world.company;
    const [vacancy, id] = await both();
    await placed(admin, vacancy, id);
    const { status } = await during(
      ['update vacancy_stage set locked = true where vacancy_id = $1'],
      vacancy,
      () => admin.put(standingPath(vacancy, id), at(vacancy, 'Interview')),
    );
    expect(status).toBe(409);
    expect(await history(vacancy)).toHaveLength(1);
  });

  it('400: the stage that it was to come to is gone by then; 404: the vacancy is', async () => {
    const { admin } = world.company;
    for (const [change, status] of [
      [`delete from vacancy_stage where vacancy_id = $1 and value = 'Interview'`, 400],
      ['delete from vacancy where id = $1', 404],
    ] as const) {
      const [vacancy, id] = await both();
      const answer = await during([change], vacancy, () =>
        admin.put(standingPath(vacancy, id), at(vacancy, 'Interview')),
      );
      expect(answer.status).toBe(status);
      expect((await admin.get(contactPath(id))).body).toMatchObject({ version: 1, vacancies: [] });
    }
  });
});
