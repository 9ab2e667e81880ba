import { describe, expect, it } from 'vitest';
import {
  contactPath,
  laterThan,
  newContact,
  newVacancy,
  placed,
  stageOf,
  standingPath,
  vacancyPath,
} from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
type Body = Answer['body'];
const read = async ({ hash_id }: Body) => (await world.company.admin.get(vacancyPath(hash_id))).body;
const patch = async (vacancy: Body, stages: unknown) =>
  world.company.admin.patch(vacancyPath(vacancy.hash_id), {
    updated_at: laterThan(await read(vacancy)),
    stages,
  });
const brief = ({ stages }: Body) => stages.map(({ id, value }: Body) => [id, value]);

describe('stages in PATCH /v1/vacancy/{vacancyid}', () => {
  it('200: known by its id, a stage may be renamed, moved and locked, and keeps what is not named', async () => {
    const before = await newVacancy(world.company, {
      stages: [
        { id: 'a', value: 'In', group: 'g', integrations: { jazz: { id: '1' } } },
        { id: 'b', value: 'Out', name: 'Leaving', locked: true },
      ],
    });
    const { body } = await patch(before, [{ id: 'b' }, { id: 'a', value: 'Inside', locked: true }]);
    expect(body.stages).toEqual([
      { ...before.stages[1], order: 0 },
      { ...before.stages[0], value: 'Inside', name: 'Inside', order: 1, locked: true },
    ]);
    expect((await read(before)).stages).toEqual(body.stages);
  });

  it('200: without an id it is known by its value whatever its case; a new one gets a new id', async () => {
    const before = await newVacancy(world.company, { stages: [{ value: 'Straße' }, { value: 'Applied' }] });
    const [first, second] = before.stages;
    const { body } = await patch(before, [{ value: ' APPLIED ' }, { name: 'straße' }, { value: 'New' }]);
    expect(brief(body)).toEqual([
      [second.id, 'APPLIED'],
      [first.id, 'straße'],
      [expect.any(String), 'New'],
    ]);
    expect([first.id, second.id]).not.toContain(body.stages[2].id);
  });

  it('200: an id that the client chose is kept, and taken for the stage it names', async () => {
    const before = await newVacancy(world.company, { stages: [{ id: 'mine', value: 'In' }] });
    const { body } = await patch(before, [{ id: 'yours', value: 'Out' }, { id: 'mine' }, { value: 'In' }]);
    expect(brief(body)).toEqual([
      ['yours', 'Out'],
      ['mine', 'In'],
      [expect.any(String), 'In'],
    ]);
  });

  it('200: two stages may change their names with one another', async () => {
    const before = await newVacancy(world.company, {
      stages: [
        { id: 'a', value: 'One' },
        { id: 'b', value: 'Two' },
      ],
    });
    const { body } = await patch(before, [
      { id: 'a', value: 'Two' },
      { id: 'b', value: 'One' },
    ]);
    expect(brief(body)).toEqual([
      ['a', 'Two'],
      ['b', 'One'],
    ]);
  });

  it('200: a change that does not name the stages leaves them; [] and null take those away that are empty', async () => {
    for (const none of [[], null]) {
      const before = await newVacancy(world.company);
      const { body } = await patch(before, undefined);
      expect(body.stages).toEqual(before.stages);
      expect((await patch(before, none)).body.stages).toEqual([]);
    }
  });

  it('400: one id twice, also where one is known by its value, and nothing is changed', async () => {
    const before = await newVacancy(world.company, { stages: [{ id: 'a', value: 'In' }] });
    for (const stages of [
      [{ id: 'a' }, { id: 'a', value: 'x' }],
      [{ id: 'z', value: 'x' }, { value: 'y' }, { id: 'z', value: 'w' }],
    ]) {
      const { status, body } = await patch(before, stages);
      expect([status, body.message.split(': ')[0]]).toEqual([400, `stages[${stages.length - 1}].id`]);
    }
    expect(await read(before)).toEqual(before);
  });

  it('409: a stage that holds a contact stays, whoever sees that, and nothing is changed', async () => {
    const { admin } = world.company;
    const before = await newVacancy(world.company);
    const { id } = await newContact(admin);
    await placed(admin, before, id, 'Interview');
    const counted = await read(before);
    const recruiter = await world.company.user('recruiter_team_member');
    const attempts = [
      { updated_at: laterThan(before), title: 'Changed', stages: [{ value: 'Applied' }] },
      { updated_at: laterThan(before), title: 'Changed', stages: [] },
      { updated_at: laterThan(before), stages: [{ id: 'other', value: 'Interview' }] },
    ];
    const refused = async () => {
      for (const change of attempts) {
        const { status, body } = await recruiter.patch(vacancyPath(before.hash_id), change);
        expect(status).toBe(409);
        expect(body.message).toContain(stageOf(before, 'Interview'));
      }
    };
    await refused();
    expect(await read(before)).toEqual(counted);
    for (const hide of ['/archive', '/anonymize']) {
      await admin.post(contactPath(id, hide));
      await refused();
    }
    await admin.post(contactPath(id, '/deanonymize'));
    await admin.post(contactPath(id, '/unarchive'));
    expect(await read(before)).toEqual(counted);
  });

  it('200: once its contacts are elsewhere, off or deleted, a stage may go', async () => {
    const { admin } = world.company;
    const before = await newVacancy(world.company);
    const contacts = await Promise.all([1, 2, 3].map(async () => (await newContact(admin)).id));
    for (const id of contacts) await placed(admin, before, id, 'Interview');
    const without = [{ value: 'Applied' }, { value: 'Hired' }];
    expect((await patch(before, without)).status).toBe(409);
    await placed(admin, before, contacts[0], 'Applied');
    await admin.delete(standingPath(before, contacts[1]));
    expect((await patch(before, without)).status).toBe(409);
    await admin.delete(contactPath(contacts[2]));
    const { status, body } = await patch(before, without);
    expect([status, brief(body)]).toEqual([
      200,
      [
        [stageOf(before, 'Applied'), 'Applied'],
        [stageOf(before, 'Hired'), 'Hired'],
      ],
    ]);
    expect(body).toMatchObject({ contact_count: 1 });
  });

  it('200 or 409: a stage that goes while a contact comes to it never leaves one without a stage', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 15; round++) {
      const before = await newVacancy(world.company);
      const { id } = await newContact(admin);
      if (round % 2) await placed(admin, before, id, 'Applied');
      const [came, went] = await Promise.all([
        admin.put(standingPath(before, id), { stage: { id: stageOf(before, 'Interview') } }),
        patch(before, [{ value: 'Applied' }, { value: 'Hired' }]),
      ]);
      expect([
        [200, 409],
        [400, 200],
      ]).toContainEqual([came.status, went.status]);
      const after = await read(before);
      const { body: on } = await admin.get(vacancyPath(before.hash_id, '/contacts'));
      expect(
        on.contacts.every(({ stage }: Body) => after.stages.some((known: Body) => known.id === stage.id)),
      ).toBe(true);
      expect(after.contact_count).toBe(on.totalCount);
      expect((await admin.get(contactPath(id))).body.vacancies.map(({ stage }: Body) => stage.id)).toEqual(
        on.contacts.map(({ stage }: Body) => stage.id),
      );
    }
  });
});
