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
import type { Answer, Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
type Body = Answer['body'];

/** contact_count, then of each stage how many and how many not rejected, as every read of a vacancy says it. */
async function counts(reader: Caller, { hash_id, id }: Body): Promise<[number, ...string[]]> {
  const [one, all] = await Promise.all([
    reader.get(vacancyPath(hash_id)),
    reader.get('/v1/vacancies?sort_field=id'),
  ]);
  expect(all.body.vacancies.find((listed: Body) => listed.id === id)).toEqual(one.body);
  return [
    one.body.contact_count,
    ...one.body.stages.map(({ contactcount, assigned }: Body) => `${contactcount}/${assigned}`),
  ];
}

describe('the counts of a vacancy', () => {
  it('are of all stages, the rejected among them where they stand; those that are not count as assigned', async () => {
    const { admin } = world.company;
    const vacancy = await newVacancy(world.company);
    expect(await counts(admin, vacancy)).toEqual([0, '0/0', '0/0', '0/0']);
    const ids = [];
    for (const stage of ['Applied', 'Applied', 'Interview', 'Hired']) {
      const { id } = await newContact(admin);
      await placed(admin, vacancy, id, stage);
      ids.push(id);
    }
    expect(await counts(admin, vacancy)).toEqual([4, '2/2', '1/1', '1/1']);
    await admin.put(standingPath(vacancy, ids[0]), { rejectionReason: { value: 'No' } });
    expect(await counts(admin, vacancy)).toEqual([4, '2/1', '1/1', '1/1']);
    await placed(admin, vacancy, ids[0], 'Interview');
    expect(await counts(admin, vacancy)).toEqual([4, '1/1', '2/1', '1/1']);
    await admin.put(standingPath(vacancy, ids[0]), { rejectionReason: null });
    expect(await counts(admin, vacancy)).toEqual([4, '1/1', '2/2', '1/1']);
    await admin.delete(standingPath(vacancy, ids[1]));
    expect(await counts(admin, vacancy)).toEqual([3, '0/0', '2/2', '1/1']);
  });

  it('leave out who is archived, anonymised or deleted, for as long as that lasts', async () => {
    const { admin } = world.company;
    const vacancy = await newVacancy(world.company);
    const { id } = await newContact(admin);
    await placed(admin, vacancy, id);
    for (const [away, back] of [
      ['/archive', '/unarchive'],
      ['/anonymize', '/deanonymize'],
    ] as const) {
      await admin.post(contactPath(id, away));
      expect(await counts(admin, vacancy)).toEqual([0, '0/0', '0/0', '0/0']);
      await admin.post(contactPath(id, back));
      expect(await counts(admin, vacancy)).toEqual([1, '1/1', '0/0', '0/0']);
    }
    await admin.delete(contactPath(id));
    expect(await counts(admin, vacancy)).toEqual([0, '0/0', '0/0', '0/0']);
  });

  it('are for each reader of whom it sees, and of no one else', async () => {
    const company = await world.server.company();
    const [member, limited, confidential, recruiter] = [
      await company.user('team_member'),
      await company.user('limited'),
      await company.user('confidential'),
      await company.user('recruiter_confidential'),
    ];
    const vacancy = await newVacancy(company);
    for (const [stage, more] of [
      ['Applied', {}],
      ['Applied', { confidential: true }],
      ['Interview', { assignedTo: limited.id }],
      ['Interview', { assignedTo: limited.id, confidential: true }],
      ['Hired', { confidentiality: { shares: { users: [limited.id] } }, sourcedBy: limited.id }],
    ] as const)
      await placed(company.admin, vacancy, (await newContact(company.admin, more)).id, stage);
    expect(await counts(company.admin, vacancy)).toEqual([5, '2/2', '2/2', '1/1']);
    expect(await counts(member, vacancy)).toEqual([2, '1/1', '1/1', '0/0']);
    expect(await counts(confidential, vacancy)).toEqual([4, '2/2', '2/2', '0/0']);
    expect(await counts(recruiter, vacancy)).toEqual([4, '2/2', '2/2', '0/0']);
    expect(await counts(limited, vacancy)).toEqual([2, '0/0', '1/1', '1/1']);
    const { body } = await recruiter.patch(vacancyPath(vacancy.hash_id), { updated_at: '2100-01-01' });
    expect(body.contact_count).toBe(4);
  });

  it('are true in every read while twenty clients move thirty contacts, and in the end', async () => {
    const { admin } = world.company;
    const vacancy = await newVacancy(world.company, {
      stages: ['a', 'b', 'c', 'd'].map((value) => ({ value })),
    });
    const ids = await Promise.all(Array.from({ length: 30 }, async () => (await newContact(admin)).id));
    await Promise.all(ids.map((id) => placed(admin, vacancy, id)));
    let moving = true;
    const sums: number[][] = [];
    const read = async () => {
      while (moving) {
        const { body } = await admin.get(vacancyPath(vacancy.hash_id));
        sums.push([
          body.contact_count,
          body.stages.reduce((sum: number, stage: Body) => sum + stage.contactcount, 0),
        ]);
      }
    };
    const client = async (number: number) => {
      for (let step = 0; step < 6; step++) {
        const stage = ['a', 'b', 'c', 'd'][(number * 7 + step * 3) % 4]!;
        const body = { stage: { id: stageOf(vacancy, stage) } };
        expect((await admin.put(standingPath(vacancy, ids[(number * 11 + step) % 30]), body)).status).toBe(
          200,
        );
      }
    };
    const readers = [read(), read()];
    await Promise.all(Array.from({ length: 20 }, (_, number) => client(number))).finally(() => {
      moving = false;
    });
    await Promise.all(readers);
    expect(sums.length).toBeGreaterThan(0);
    expect(sums.filter(([count, sum]) => count !== 30 || sum !== 30)).toEqual([]);
    const { body } = await admin.get(vacancyPath(vacancy.hash_id));
    const rows = await world.server.sql<{ id: string; n: number }>(
      'select stage_id as id, count(*)::int as n from vacancy_contact where vacancy_id = $1 group by 1',
      [vacancy.id],
    );
    expect(Object.fromEntries(body.stages.map((stage: Body) => [stage.id, stage.contactcount]))).toEqual({
      ...Object.fromEntries(body.stages.map((stage: Body) => [stage.id, 0])),
      ...Object.fromEntries(rows.map(({ id, n }) => [id, n])),
    });
  });
});
