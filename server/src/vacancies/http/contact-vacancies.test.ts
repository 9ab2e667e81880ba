import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  auditTrail,
  contactPath,
  made,
  newContact,
  newVacancy,
  placed,
  someEmail,
  stageOf,
  standingPath,
  vacancyPath,
} from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
type Body = Answer['body'];
const patch = (id: string, vacancies: unknown, more: object = {}) =>
  world.company.admin.patch(contactPath(id), { vacancies, ...more });
const read = async (id: string) => (await world.company.admin.get(contactPath(id))).body;
const at = (vacancy: Body, value: string, name = 'id') => ({
  id: vacancy[name],
  stage: { id: stageOf(vacancy, value) },
});
const brief = ({ vacancies }: Body) => vacancies.map((entry: Body) => [entry.id, entry.stage.value]);
const kinds = async ({ hash_id }: Body) =>
  (await world.company.admin.get(vacancyPath(hash_id, '/history'))).body.history.map(
    ({ kind }: Body) => kind,
  );
/** A contact on a vacancy, and another vacancy. */
async function on(stage = 'Applied') {
  const [vacancy, other] = [await newVacancy(world.company), await newVacancy(world.company)];
  const { id } = await newContact(world.company.admin);
  await placed(world.company.admin, vacancy, id, stage);
  return { vacancy, other, id };
}

describe('vacancies in PATCH /v1/contact/{contactid}', () => {
  it('200: the list is replaced, whole: who is left out leaves, new ones are come to, others move', async () => {
    const { vacancy, other, id } = await on();
    const before = await read(id);
    const added = await patch(id, [{ id: vacancy.id }, at(other, 'Interview', 'hash_id')]);
    expect(added.status).toBe(200);
    expect(added.body).toEqual({
      ...before,
      version: before.version + 1,
      updatedTime: expect.any(String),
      vacancies: [
        ...before.vacancies,
        { id: other.id, value: other.title, stage: { id: stageOf(other, 'Interview'), value: 'Interview' } },
      ],
    });
    expect(added.body.updatedTime > before.updatedTime).toBe(true);
    expect(await read(id)).toEqual(added.body);
    const moved = await patch(id, [at(other, 'Applied')]);
    expect(brief(moved.body)).toEqual([[other.id, 'Applied']]);
    expect(moved.body.version).toBe(before.version + 2);
    expect(await kinds(vacancy)).toEqual(['added', 'removed']);
    expect(await kinds(other)).toEqual(['added', 'moved']);
    expect(await auditTrail(world.server, id)).toHaveLength(before.version + 2);
  });

  it('200: what GET answered changes nothing, in whatever order and letter case', async () => {
    const { vacancy, other, id } = await on('Interview');
    await world.company.admin.put(standingPath(other, id), {
      priority: 'high',
      rejectionReason: { id: 'r' },
    });
    const before = await read(id);
    const listed = (await world.company.admin.get(contactPath(id, '/vacancies'))).body.vacancies;
    for (const same of [
      before.vacancies,
      before.vacancies.toReversed(),
      [{ id: vacancy.hash_id }, { id: other.id.toUpperCase(), stage: null }],
      listed,
    ]) {
      const { status, body } = await patch(id, same);
      expect([status, body]).toEqual([200, before]);
    }
    expect(await kinds(other)).toEqual(['added', 'rejected']);
    expect(await auditTrail(world.server, id)).toHaveLength(before.version);
  });

  it('200: [] and null take it off all; a change that does not name them leaves them', async () => {
    for (const none of [[], null]) {
      const { vacancy, id } = await on();
      expect((await patch(id, undefined, { firstName: 'Ada' })).body.vacancies).toHaveLength(1);
      expect((await patch(id, none)).body.vacancies).toEqual([]);
      expect(await kinds(vacancy)).toEqual(['added', 'removed']);
      expect((await world.company.admin.get(vacancyPath(vacancy.hash_id))).body.contact_count).toBe(0);
    }
  });

  it('200: priority and rejection with it, kept where they are not named, taken back by null', async () => {
    const { vacancy, id } = await on();
    const set = await patch(id, [
      { id: vacancy.id, priority: 'high', rejectionReason: { value: 'No', date: '2100-01-01' } },
    ]);
    expect([set.status, set.body.message]).toEqual([
      400,
      'vacancies[0].rejectionReason.date: must not be in the future',
    ]);
    await made(patch(id, [{ id: vacancy.id, priority: 'high', rejectionReason: { value: 'No' } }]));
    const standing = async () =>
      (await world.company.admin.get(contactPath(id, '/vacancies'))).body.vacancies[0];
    expect(await standing()).toMatchObject({ priority: 'high', rejectionReason: { value: 'No' } });
    await made(patch(id, [at(vacancy, 'Interview')]));
    expect(await standing()).toMatchObject({ priority: 'high', rejectionReason: { value: 'No' } });
    await made(patch(id, [{ id: vacancy.id, priority: null, rejectionReason: null }]));
    expect(await standing()).not.toHaveProperty('priority');
    expect(await standing()).not.toHaveProperty('rejectionReason');
    expect(await kinds(vacancy)).toEqual(['added', 'rejected', 'moved', 'reinstated']);
  });

  it('400: what is wrong is named by its path, and nothing is changed', async () => {
    const { vacancy, other, id } = await on();
    const foreign = await newVacancy(world.other);
    const gone = await newVacancy(world.company);
    await world.company.admin.delete(vacancyPath(gone.hash_id));
    const before = await read(id);
    const cases: [unknown, string][] = [
      [{}, 'vacancies'],
      [['x'], 'vacancies[0]'],
      [[{}], 'vacancies[0].id'],
      [[{ id: null }], 'vacancies[0].id'],
      [[{ id: other.id }, { id: randomUUID() }], 'vacancies[1].id'],
      [[{ id: '' }], 'vacancies[0].id'],
      [[{ id: foreign.id }], 'vacancies[0].id'],
      [[{ id: foreign.hash_id }], 'vacancies[0].id'],
      [[{ id: gone.id }], 'vacancies[0].id'],
      [[{ id: other.id }, { id: vacancy.id }, { id: vacancy.hash_id }], 'vacancies[2].id'],
      [[{ id: other.id }, { id: other.id.toUpperCase() }], 'vacancies[1].id'],
      [[{ id: other.id, stage: { id: stageOf(vacancy, 'Applied') } }], 'vacancies[0].stage.id'],
      [[{ id: vacancy.id, stage: { value: 'Interview' } }], 'vacancies[0].stage.id'],
      [[{ id: other.id, stage: { id: stageOf(other, 'Applied'), date: 'x' } }], 'vacancies[0].stage.date'],
      [[{ id: other.id, priority: 7 }], 'vacancies[0].priority'],
      [[{ id: other.id, rejectionReason: {} }], 'vacancies[0].rejectionReason'],
      [Array.from({ length: 501 }, () => ({ id: other.id })), 'vacancies'],
    ];
    for (const [vacancies, path] of cases) {
      const { status, body } = await patch(id, vacancies, { firstName: 'Changed' });
      expect([status, body.message.split(': ')[0]]).toEqual([400, path]);
    }
    expect(await read(id)).toEqual(before);
    const messages = await Promise.all(
      [foreign.id, randomUUID(), 'nothing'].map(
        async (name) => (await patch(id, [{ id: name }])).body.message,
      ),
    );
    expect(new Set(messages).size).toBe(1);
  });

  it('200: what it answers of a vacancy that is deleted or renamed meanwhile changes nothing either', async () => {
    const { admin } = world.company;
    const { vacancy, other, id } = await on();
    await placed(admin, other, id);
    const before = await read(id);
    await admin.delete(vacancyPath(vacancy.hash_id));
    await admin.patch(vacancyPath(other.hash_id), { title: 'Renamed', updated_at: '2100-01-01' });
    expect((await patch(id, before.vacancies)).body).toEqual(before);
    expect((await patch(id, [before.vacancies[0], before.vacancies[0]])).status).toBe(400);
    const [entry] = before.vacancies;
    for (const change of [{ stage: { id: 'x' } }, { priority: 'high' }, { rejectionReason: { id: 'r' } }])
      expect((await patch(id, [{ ...entry, ...change }, before.vacancies[1]])).status).toBe(400);
    expect(await read(id)).toEqual(before);
    expect(brief((await patch(id, [at(other, 'Interview')])).body)).toEqual([[other.id, 'Interview']]);
  });
});

describe('vacancies in POST /v1/contact', () => {
  it('200: a new contact is on them from the start, in version 1, with their history', async () => {
    const vacancy = await newVacancy(world.company);
    const other = await newVacancy(world.company);
    const body = await newContact(world.company.admin, {
      vacancies: [{ ...at(vacancy, 'Interview', 'hash_id'), priority: 'high' }, { id: other.id }],
    });
    expect(body.version).toBe(1);
    expect(body.vacancies).toEqual([
      {
        id: vacancy.id,
        value: vacancy.title,
        priority: 'high',
        stage: { id: stageOf(vacancy, 'Interview'), value: 'Interview' },
      },
      { id: other.id, value: other.title, stage: { id: stageOf(other, 'Applied'), value: 'Applied' } },
    ]);
    expect(await read(body.id)).toEqual(body);
    expect([await kinds(vacancy), await kinds(other)]).toEqual([['added'], ['added']]);
    expect(await auditTrail(world.server, body.id)).toEqual(['contact.create']);
  });

  it('200: an update by POST replaces them whole, as PATCH does', async () => {
    const { admin } = world.company;
    const { vacancy, other, id } = await on();
    const { emails } = await read(id);
    const { status, body } = await admin.post('/v1/contact', { emails, vacancies: [at(other, 'Hired')] });
    expect([status, body.id, brief(body)]).toEqual([200, id, [[other.id, 'Hired']]]);
    expect(await kinds(vacancy)).toEqual(['added', 'removed']);
  });

  it('400: an unknown vacancy or stage, and no contact is made', async () => {
    const vacancy = await newVacancy(world.company);
    const email = someEmail();
    for (const entry of [{ id: randomUUID() }, { id: vacancy.id, stage: { id: 'x' } }]) {
      const { status } = await world.company.admin.post('/v1/contact', {
        emails: [email],
        vacancies: [entry],
      });
      expect(status).toBe(400);
    }
    expect((await world.company.admin.get(`/v1/contacts?email=${email}`)).body.total_count).toBe(0);
    expect((await world.company.admin.get(vacancyPath(vacancy.hash_id))).body.contact_count).toBe(0);
  });
});
