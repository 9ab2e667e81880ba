import { describe, expect, it } from 'vitest';
import {
  auditTrail,
  laterThan,
  newContact,
  newVacancy,
  placed,
  vacancyPath,
} from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const STORED = '2020-05-05T12:00:00.500Z';
const vacancy = (updated_at = STORED) => newVacancy(world.company, { updated_at });
const patch = ({ hash_id }: Answer['body'], updated_at: unknown, title = 'Changed') =>
  world.company.admin.patch(vacancyPath(hash_id), {
    title,
    ...(updated_at === undefined ? {} : { updated_at }),
  });
const read = async ({ hash_id }: Answer['body']) =>
  (await world.company.admin.get(vacancyPath(hash_id))).body;

describe('updated_at in PATCH /v1/vacancy/{vacancyid}', () => {
  it.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['no time', 'now'],
    ['a number', 4_000_000_000_000],
  ])('400: %s, and nothing is changed', async (_what, updated_at) => {
    const before = await vacancy();
    const { status, body } = await patch(before, updated_at);
    expect([status, body.message.split(': ')[0]]).toEqual([400, 'updated_at']);
    expect(await read(before)).toEqual(before);
  });

  it.each([
    '2020-05-05T12:00:00.500Z',
    '2020-05-05T12:00:00.499Z',
    '2020-05-05T12:00:00.5009Z',
    '2020-05-05T14:00:00.500+02:00',
    '2020-05-05T23:59:59+12:00',
    '2020-05-05T12:00:00',
    '2020-05-05',
    '0001-01-01',
  ])(
    '400: %s is not later than what is stored, which is shown, and nothing is changed',
    async (updated_at) => {
      const before = await vacancy();
      const { status, body } = await patch(before, updated_at);
      expect(status).toBe(400);
      expect(body.message).toMatch(/^updated_at: /);
      expect(body.message).toContain(STORED);
      expect(await read(before)).toEqual(before);
      expect(await auditTrail(world.server, before.id)).toEqual(['vacancy.create']);
    },
  );

  it.each([
    ['2020-05-05T12:00:00.501Z', '2020-05-05T12:00:00.501Z'],
    ['2020-05-05T11:00:00.6-01:00', '2020-05-05T12:00:00.600Z'],
    ['2020-05-05T14:00:00.5019+02:00', '2020-05-05T12:00:00.501Z'],
    ['2020-05-05 12:00:01', '2020-05-05T12:00:01.000Z'],
    ['2020-05-06', '2020-05-06T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('200: %s is later, and stored as %s', async (updated_at, stored) => {
    const before = await vacancy();
    const { status, body } = await patch(before, updated_at);
    expect([status, body]).toEqual([200, { ...before, title: 'Changed', updated_at: stored }]);
    expect(await read(before)).toEqual(body);
  });

  it('200: what was stored by one change is what the next is held against', async () => {
    const before = await vacancy();
    expect((await patch(before, '2020-06-01')).status).toBe(200);
    const second = await patch(before, '2020-05-20');
    expect([second.status, second.body.message]).toEqual([
      400,
      expect.stringContaining('2020-06-01T00:00:00.000Z'),
    ]);
    expect((await patch(before, '2020-06-02')).status).toBe(200);
  });

  it('200: of ten at once with one time, one wins, and it is the one that is then read', async () => {
    for (let round = 0; round < 5; round++) {
      const before = await vacancy();
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, each) => patch(before, laterThan(before), `Title ${each}`)),
      );
      const won = answers.filter(({ status }) => status === 200);
      expect(won).toHaveLength(1);
      for (const { status, body } of answers.filter((answer) => answer !== won[0]))
        expect([status, body.message]).toEqual([400, expect.stringContaining(laterThan(before))]);
      expect(await read(before)).toEqual(won[0]!.body);
      expect(await auditTrail(world.server, before.id)).toEqual(['vacancy.create', 'vacancy.update']);
    }
  });

  it('200: of several at once with times of their own the latest is in, and none goes back', async () => {
    for (let round = 0; round < 5; round++) {
      const before = await vacancy();
      const answers = await Promise.all(
        [3, 1, 5, 2, 4].map((step) => patch(before, laterThan(before, step), `Title ${step}`)),
      );
      expect(answers[2]!.status).toBe(200);
      expect(await read(before)).toEqual({ ...before, title: 'Title 5', updated_at: laterThan(before, 5) });
    }
  });

  it('200: contacts that come and move are no change of the vacancy', async () => {
    const before = await vacancy();
    const { admin } = world.company;
    const { id } = await newContact(admin);
    await placed(admin, before, id);
    await placed(admin, before, id, 'Interview');
    expect((await read(before)).updated_at).toBe(STORED);
    expect((await patch(before, laterThan(before))).status).toBe(200);
    expect(await auditTrail(world.server, before.id)).toEqual(['vacancy.create', 'vacancy.update']);
  });
});
