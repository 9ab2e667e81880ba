import { describe, expect, it } from 'vitest';
import {
  contactPath,
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
const HOUR = 60 * 60 * 1000;
const put = (vacancy: Body, id: string, body: object = {}) =>
  world.company.admin.put(standingPath(vacancy, id), body);
const at = (vacancy: Body, value: string, date?: string) => ({
  stage: { id: stageOf(vacancy, value), date },
});
async function both() {
  return [await newVacancy(world.company), (await newContact(world.company.admin)).id] as const;
}
const history = async (vacancy: Body) =>
  (await world.company.admin.get(vacancyPath(vacancy.hash_id, '/history'))).body.history.map(
    ({ kind, date, from, to }: Body) => [kind, from?.value ?? '', to?.value ?? '', date],
  );

describe('the date of a stage', () => {
  it('200: moves of the past keep their times', async () => {
    const [vacancy, id] = await both();
    const added = await put(vacancy, id, at(vacancy, 'Applied', '2020-01-01'));
    expect(added.body).toMatchObject({
      date: '2020-01-01T00:00:00.000Z',
      stage: { date: '2020-01-01T00:00:00.000Z' },
    });
    const moved = await put(vacancy, id, at(vacancy, 'Interview', '2020-02-02T03:00:00+03:00'));
    expect(moved.body).toMatchObject({
      date: '2020-01-01T00:00:00.000Z',
      stage: { date: '2020-02-02T00:00:00.000Z' },
    });
    expect(await history(vacancy)).toEqual([
      ['added', '', 'Applied', '2020-01-01T00:00:00.000Z'],
      ['moved', 'Applied', 'Interview', '2020-02-02T00:00:00.000Z'],
    ]);
  });

  it('200: the same moment as the last move; 400: before it, and nothing is changed', async () => {
    const [vacancy, id] = await both();
    await put(vacancy, id, at(vacancy, 'Applied', '2020-01-02'));
    const { status, body } = await put(vacancy, id, at(vacancy, 'Interview', '2020-01-01T23:59:59.999Z'));
    expect([status, body.message]).toEqual([
      400,
      expect.stringMatching(/^stage\.date: .*2020-01-02T00:00:00\.000Z/),
    ]);
    expect(await history(vacancy)).toHaveLength(1);
    expect((await put(vacancy, id, at(vacancy, 'Interview', '2020-01-02'))).status).toBe(200);
    expect((await history(vacancy)).map(([kind]: string[]) => kind)).toEqual(['added', 'moved']);
  });

  it('200: up to a day ahead, for clocks that differ; 400: further', async () => {
    const [vacancy, id] = await both();
    const ahead = new Date(Date.now() + 23 * HOUR).toISOString();
    const far = new Date(Date.now() + 25 * HOUR).toISOString();
    const { status, body } = await put(vacancy, id, at(vacancy, 'Applied', far));
    expect([status, body.message.split(': ')[0]]).toEqual([400, 'stage.date']);
    expect((await put(vacancy, id, at(vacancy, 'Applied', ahead))).body.date).toBe(ahead);
  });

  it('200: after a move that lies ahead others follow it without a date, each after the one before', async () => {
    const [vacancy, id] = await both();
    const ahead = new Date(Date.now() + 2 * HOUR).toISOString();
    await put(vacancy, id, at(vacancy, 'Applied', ahead));
    const moved = await put(vacancy, id, at(vacancy, 'Interview'));
    expect(moved.status).toBe(200);
    expect(moved.body.stage.date > ahead).toBe(true);
    for (const rejectionReason of [{ value: 'No' }, null])
      expect((await put(vacancy, id, { rejectionReason })).status).toBe(200);
    expect((await world.company.admin.delete(standingPath(vacancy, id))).status).toBe(200);
    expect((await put(vacancy, id)).status).toBe(200);
    const told = await history(vacancy);
    expect(told.map(([kind]: string[]) => kind)).toEqual([
      'added',
      'moved',
      'rejected',
      'reinstated',
      'removed',
      'added',
    ]);
    expect(new Set(told.map(([, , , date]: string[]) => date)).size).toBe(told.length);
  });

  it('400: a return that is dated before the departure', async () => {
    const [vacancy, id] = await both();
    await put(vacancy, id, at(vacancy, 'Interview', '2020-01-01'));
    await world.company.admin.delete(standingPath(vacancy, id));
    const removed = (await history(vacancy))[1];
    const { status, body } = await put(vacancy, id, at(vacancy, 'Applied', '2020-02-01'));
    expect([status, body.message.split(': ')[0]]).toEqual([400, 'stage.date']);
    expect(body.message).toContain(removed[3]);
    const answer = await put(vacancy, id, at(vacancy, 'Applied', removed[3]));
    expect([answer.status, answer.body.date]).toEqual([200, removed[3]]);
    expect((await history(vacancy)).map(([kind]: string[]) => kind)).toEqual(['added', 'removed', 'added']);
  });

  it('200: with the stage that the contact is on, it is not a move', async () => {
    const [vacancy, id] = await both();
    const first = (await put(vacancy, id, at(vacancy, 'Applied', '2020-01-01'))).body;
    for (const date of ['2019-01-01', '2021-01-01'])
      expect((await put(vacancy, id, at(vacancy, 'Applied', date))).body).toEqual(first);
    expect(await history(vacancy)).toHaveLength(1);
  });
});

describe('a locked stage', () => {
  it('409: lets no one out, whichever way, and nothing is changed', async () => {
    const { admin } = world.company;
    const [vacancy, id] = await both();
    await placed(admin, vacancy, id, 'Hired');
    const before = (await admin.get(contactPath(id))).body;
    for (const out of [
      () => put(vacancy, id, at(vacancy, 'Applied')),
      () => put(vacancy, id, { ...at(vacancy, 'Interview'), priority: 'high', rejectionReason: { id: 'r' } }),
      () => admin.delete(standingPath(vacancy, id)),
      () => admin.patch(contactPath(id), { vacancies: [], firstName: 'Changed' }),
      () => admin.patch(contactPath(id), { vacancies: null, firstName: 'Changed' }),
      () =>
        admin.patch(contactPath(id), {
          vacancies: [{ id: vacancy.id, ...at(vacancy, 'Applied') }],
          firstName: 'Changed',
        }),
      () => admin.post('/v1/contact', { emails: before.emails, vacancies: [] }),
    ]) {
      const { status, body } = await out();
      expect(status).toBe(409);
      expect(body.message).toContain('Hired');
    }
    expect((await admin.get(contactPath(id))).body).toEqual(before);
    expect(await history(vacancy)).toHaveLength(1);
  });

  it('200: takes contacts in, and there they can be rejected, reinstated and given a priority', async () => {
    const { admin } = world.company;
    const [vacancy, id] = await both();
    await placed(admin, vacancy, id);
    await placed(admin, vacancy, id, 'Hired');
    const rejected = await put(vacancy, id, { rejectionReason: { value: 'Ill' }, priority: 'low' });
    expect(rejected.body).toMatchObject({ rejectionReason: { value: 'Ill' }, stage: { locked: true } });
    const back = await put(vacancy, id, { rejectionReason: null });
    expect(back.status).toBe(200);
    expect(back.body).not.toHaveProperty('rejectionReason');
  });

  it('200: opened, it lets them out; and whoever is deleted leaves', async () => {
    const { admin } = world.company;
    const [vacancy, id] = await both();
    await placed(admin, vacancy, id, 'Hired');
    const second = (await newContact(admin)).id;
    await placed(admin, vacancy, second, 'Hired');
    expect((await admin.delete(contactPath(second))).status).toBe(200);
    await admin.patch(vacancyPath(vacancy.hash_id), {
      updated_at: '2100-01-01',
      stages: vacancy.stages.map((stage: Body) => ({ ...stage, locked: false })),
    });
    expect((await put(vacancy, id, at(vacancy, 'Applied'))).status).toBe(200);
  });
});
