import { describe, expect, it } from 'vitest';
import {
  auditTrail,
  contactPath,
  laterThan,
  newContact,
  newVacancy,
  placed,
  stageOf,
  standingPath,
  vacancyPath,
} from '../../test/factories.ts';
import type { Answer } from '../../test/harness.ts';
import { twoCompanies } from '../../test/world.ts';
import { recomposeContacts } from '../contacts/recompose-contacts.ts';
import { spellers } from '../spellers.ts';

const world = twoCompanies();
type Body = Answer['body'];

/** Runs what the worker would for the rows that wait, and answers how many there were. */
async function runWaitingJobs(): Promise<number> {
  const rows = await world.server.sql<{ company_id: number; ref: string }>(
    `update outbox set status = 'done' where topic = 'contacts.recompose' and status = 'pending'
     returning company_id, payload ->> 'ref' as ref`,
  );
  for (const { company_id, ref } of rows)
    await recomposeContacts(world.server.database, spellers, company_id, ref);
  return rows.length;
}

const read = async (id: string) => (await world.company.admin.get(contactPath(id))).body;
const patch = (vacancy: Body, change: object) =>
  world.company.admin.patch(vacancyPath(vacancy.hash_id), { updated_at: laterThan(vacancy), ...change });
async function on(...values: string[]) {
  const vacancy = await newVacancy(world.company);
  const ids: string[] = [];
  for (const value of values) {
    ids.push((await newContact(world.company.admin)).id);
    await placed(world.company.admin, vacancy, ids.at(-1)!, value);
  }
  return { vacancy, ids };
}

describe('what contacts spell out of a vacancy', () => {
  it('a renamed title and stage read anew in every contact on it, without a new version', async () => {
    const { vacancy, ids } = await on('Applied', 'Interview');
    await world.company.admin.put(standingPath(vacancy, ids[1]!), { priority: 'high' });
    const other = await newVacancy(world.company);
    await placed(world.company.admin, other, ids[1]!);
    const before = await Promise.all(ids.map(read));
    const trails = await Promise.all(ids.map((id) => auditTrail(world.server, id)));
    await patch(vacancy, {
      title: 'Renamed',
      stages: vacancy.stages.map((stage: Body) =>
        stage.value === 'Interview' ? { ...stage, value: 'Talk' } : stage,
      ),
    });
    await runWaitingJobs();
    expect(await Promise.all(ids.map(read))).toEqual([
      {
        ...before[0],
        vacancies: [{ ...before[0].vacancies[0], value: 'Renamed' }],
      },
      {
        ...before[1],
        vacancies: [
          {
            id: vacancy.id,
            value: 'Renamed',
            priority: 'high',
            stage: { id: stageOf(vacancy, 'Interview'), value: 'Talk' },
          },
          before[1].vacancies[1],
        ],
      },
    ]);
    expect(await Promise.all(ids.map((id) => auditTrail(world.server, id)))).toEqual(trails);
  });

  it('a change that contacts do not spell out is no work for them', async () => {
    const { vacancy } = await on('Applied');
    await runWaitingJobs();
    const { stages } = vacancy;
    await patch(vacancy, {
      salary: '1',
      title: vacancy.title,
      stages: stages.map((s: Body) => ({ ...s, locked: true })),
    });
    expect(await runWaitingJobs()).toBe(0);
  });

  it('a deleted vacancy leaves every contact, also one that is anonymised, archived or on a locked stage', async () => {
    const { admin } = world.company;
    const { vacancy, ids } = await on('Applied', 'Interview', 'Hired');
    const [anonymised, archived, hired] = ids as [string, string, string];
    const other = await newVacancy(world.company);
    await placed(admin, other, hired);
    await admin.post(contactPath(anonymised, '/anonymize'));
    await admin.post(contactPath(archived, '/archive'));
    const before = await Promise.all([archived, hired].map(read));
    expect((await admin.delete(vacancyPath(vacancy.hash_id))).status).toBe(200);
    await runWaitingJobs();
    await admin.post(contactPath(anonymised, '/deanonymize'));
    expect(await Promise.all([archived, hired].map(read))).toEqual(
      before.map((contact) => ({
        ...contact,
        vacancies: contact.vacancies.filter((entry: Body) => entry.id !== vacancy.id),
      })),
    );
    expect((await read(anonymised)).vacancies).toEqual([]);
    expect((await read(hired)).vacancies).toHaveLength(1);
    expect(await world.server.sql('select from contact where $1 = any (refs)', [vacancy.id])).toEqual([]);
  });

  it('contacts that are placed and moved while it is renamed all end with the new names', async () => {
    const { admin } = world.company;
    const { vacancy, ids } = await on(...Array.from({ length: 6 }, () => 'Applied'));
    const come = await Promise.all(Array.from({ length: 6 }, async () => (await newContact(admin)).id));
    const stage = { id: stageOf(vacancy, 'Interview') };
    const moves = [...ids, ...come].map((id) => admin.put(standingPath(vacancy, id), { stage }));
    const jobs = (async () => {
      const { status } = await patch(vacancy, {
        title: 'After',
        stages: vacancy.stages.map((known: Body) => ({ ...known, value: `New ${known.value}` })),
      });
      expect(status).toBe(200);
      await runWaitingJobs();
    })();
    await Promise.all([...moves, jobs]);
    const entries = (await Promise.all([...ids, ...come].map(read))).map(({ vacancies }) => vacancies[0]);
    expect(new Set(entries.map(({ value, stage }) => `${value}: ${stage.value}`))).toEqual(
      new Set(['After: New Interview']),
    );
  });
});
