import { describe, expect, it } from 'vitest';
import {
  auditTrail,
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
const DAY = 24 * 60 * 60 * 1000;
const put = (vacancy: Body, id: string, body: object = {}) =>
  world.company.admin.put(standingPath(vacancy, id), body);
async function on(stage = 'Applied', date = '2020-01-01') {
  const [vacancy, { id }] = [await newVacancy(world.company), await newContact(world.company.admin)];
  await put(vacancy, id, { stage: { id: stageOf(vacancy, stage), date } });
  return [vacancy, id] as const;
}
const history = async (vacancy: Body): Promise<Body[]> =>
  (await world.company.admin.get(vacancyPath(vacancy.hash_id, '/history'))).body.history;

describe('rejectionReason in PUT /v1/vacancy/{vacancyid}/contacts/{contactid}', () => {
  it('200: rejects, once, where the contact stands: a version, an audit row, an entry in the history', async () => {
    const [vacancy, id] = await on('Interview');
    const before = (await world.company.admin.get(contactPath(id))).body;
    const { body } = await put(vacancy, id, { rejectionReason: { id: 'r', value: 'Too far' } });
    expect(body.rejectionReason).toEqual({ id: 'r', value: 'Too far', date: expect.any(String) });
    expect(body.stage.value).toBe('Interview');
    expect(Math.abs(Date.parse(body.rejectionReason.date) - Date.now())).toBeLessThan(60_000);
    const after = (await world.company.admin.get(contactPath(id))).body;
    expect([after.version, after.vacancies]).toEqual([before.version + 1, before.vacancies]);
    expect(after.updatedTime > before.updatedTime).toBe(true);
    expect(await auditTrail(world.server, id)).toHaveLength(3);
    expect((await history(vacancy)).at(-1)).toEqual({
      id: expect.any(String),
      kind: 'rejected',
      actor: world.company.admin.id,
      contact: { id, fullName: before.fullName },
      date: body.rejectionReason.date,
      from: { id: stageOf(vacancy, 'Interview'), value: 'Interview' },
      rejectionReason: { id: 'r', value: 'Too far' },
    });
  });

  it('200: by an id alone, or by words alone, which get an id that stays with them', async () => {
    const [vacancy, id] = await on();
    const byId = (await put(vacancy, id, { rejectionReason: { id: 'r' } })).body.rejectionReason;
    expect(byId).toEqual({ id: 'r', date: expect.any(String) });
    const words = (await put(vacancy, id, { rejectionReason: { id: '', value: ' Too far ' } })).body
      .rejectionReason;
    expect(words).toEqual({ id: expect.stringMatching(/./), value: 'Too far', date: expect.any(String) });
    expect(words.id).not.toBe('r');
    const again = (await put(vacancy, id, { rejectionReason: { value: 'Too far' } })).body.rejectionReason;
    expect(again).toEqual(words);
  });

  it('200: null takes it back, once', async () => {
    const [vacancy, id] = await on();
    await put(vacancy, id, { rejectionReason: { id: 'r' } });
    const { body } = await put(vacancy, id, { rejectionReason: null });
    expect(body).not.toHaveProperty('rejectionReason');
    const before = (await world.company.admin.get(contactPath(id))).body;
    await put(vacancy, id, { rejectionReason: null });
    expect((await world.company.admin.get(contactPath(id))).body).toEqual(before);
    expect((await history(vacancy)).map(({ kind, to }) => [kind, to?.value])).toEqual([
      ['added', 'Applied'],
      ['rejected', undefined],
      ['reinstated', 'Applied'],
    ]);
  });

  it('200: a contact may come rejected, and move as it is; the move and the rejection are told in order', async () => {
    const [vacancy, { id }] = [await newVacancy(world.company), await newContact(world.company.admin)];
    await put(vacancy, id, { rejectionReason: { value: 'No' } });
    const moved = await placed(world.company.admin, vacancy, id, 'Interview');
    expect(moved.rejectionReason.value).toBe('No');
    await put(vacancy, id, {
      stage: { id: stageOf(vacancy, 'Applied') },
      rejectionReason: { id: 'other', value: 'Never' },
    });
    expect((await history(vacancy)).map(({ kind, from }) => [kind, from?.value])).toEqual([
      ['added', undefined],
      ['rejected', 'Applied'],
      ['moved', 'Applied'],
      ['moved', 'Interview'],
      ['rejected', 'Applied'],
    ]);
  });

  it('200: a rejection that is sent along as it is stays as it is, also where the contact moved since', async () => {
    const [vacancy, id] = await on();
    const rejected = (
      await put(vacancy, id, { rejectionReason: { id: 'r', value: 'No', date: '2020-01-05' } })
    ).body;
    const moved = (
      await put(vacancy, id, {
        stage: { id: stageOf(vacancy, 'Interview'), date: '2020-02-01' },
        rejectionReason: rejected.rejectionReason,
      })
    ).body;
    expect(moved.rejectionReason).toEqual(rejected.rejectionReason);
    const again = await put(vacancy, id, moved);
    expect([again.status, again.body]).toEqual([200, moved]);
    expect((await history(vacancy)).map(({ kind }) => kind)).toEqual(['added', 'rejected', 'moved']);
  });

  it('200: a move of the past may come to light after a rejection; it keeps its time and its stages', async () => {
    const [vacancy, id] = await on();
    await put(vacancy, id, { rejectionReason: { id: 'r' } });
    const stage = { id: stageOf(vacancy, 'Interview'), date: '2020-01-04' };
    const { status, body } = await put(vacancy, id, { stage });
    expect([status, body.stage.date, body.rejectionReason.id]).toEqual([
      200,
      '2020-01-04T00:00:00.000Z',
      'r',
    ]);
    expect((await history(vacancy)).map(({ kind, to }) => [kind, to?.value])).toEqual([
      ['added', 'Applied'],
      ['moved', 'Interview'],
      ['rejected', undefined],
    ]);
  });

  it('200: its date is what was sent; 400: before the contact came to its stage, or over a day ahead', async () => {
    const [vacancy, id] = await on('Applied', '2020-01-02');
    for (const date of ['2020-01-01', new Date(Date.now() + DAY + 60_000).toISOString()]) {
      const { status, body } = await put(vacancy, id, { rejectionReason: { id: 'r', date } });
      expect([status, body.message.split(': ')[0]]).toEqual([400, 'rejectionReason.date']);
    }
    const { body } = await put(vacancy, id, { rejectionReason: { id: 'r', date: '2020-01-02' } });
    expect(body.rejectionReason.date).toBe('2020-01-02T00:00:00.000Z');
  });

  it('200: the words of a rejection can be put right; it is from the same day, and told again', async () => {
    const [vacancy, id] = await on();
    await put(vacancy, id, { rejectionReason: { id: 'r', value: 'Noo', date: '2020-01-05' } });
    const { body } = await put(vacancy, id, { rejectionReason: { id: 'r', value: 'No' } });
    expect(body.rejectionReason).toEqual({ id: 'r', value: 'No', date: '2020-01-05T00:00:00.000Z' });
    expect(
      (await history(vacancy)).map(({ kind, rejectionReason }) => [kind, rejectionReason?.value]),
    ).toEqual([
      ['added', undefined],
      ['rejected', 'Noo'],
      ['rejected', 'No'],
    ]);
  });
});
