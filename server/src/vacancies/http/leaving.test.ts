import { describe, expect, it } from 'vitest';
import {
  auditTrail,
  contactPath,
  newContact,
  newVacancy,
  placed,
  standingPath,
  vacancyPath,
} from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
type Body = Answer['body'];

/** What a super admin's reads of a vacancy count: contacts, listed ones, and entries of the history. */
async function counted({ hash_id }: Body): Promise<number[]> {
  const { admin } = world.company;
  const [one, list, history] = await Promise.all(
    ['', '/contacts', '/history'].map((step) => admin.get(vacancyPath(hash_id, step))),
  );
  return [one!.body.contact_count, list!.body.totalCount, history!.body.totalCount];
}
async function on(stage: string) {
  const { admin } = world.company;
  const [vacancy, contact] = [await newVacancy(world.company), await newContact(admin)];
  await placed(admin, vacancy, contact.id, stage);
  return { vacancy, id: contact.id as string };
}

describe('a contact on a vacancy that leaves', () => {
  it('deleted, is off it, from a locked stage too; nothing of it is kept', async () => {
    const { admin } = world.company;
    const { vacancy, id } = await on('Hired');
    const { id: stays } = await newContact(admin);
    await placed(admin, vacancy, stays);
    expect(await counted(vacancy)).toEqual([2, 2, 2]);
    expect((await admin.delete(contactPath(id))).status).toBe(200);
    expect(await counted(vacancy)).toEqual([1, 1, 1]);
    for (const table of ['vacancy_contact', 'vacancy_move'])
      expect(await world.server.sql(`select from ${table} where contact_id = $1`, [id])).toEqual([]);
    for (const way of [admin.put, admin.delete])
      expect((await way(standingPath(vacancy, id), {})).status).toBe(404);
  });

  it('anonymised, is hidden from counts, list and history, and from changes; deanonymised, it is back as it was', async () => {
    const { admin } = world.company;
    const { vacancy, id } = await on('Interview');
    await admin.put(standingPath(vacancy, id), { priority: 'high', rejectionReason: { id: 'r' } });
    const reads = async () => [
      (await admin.get(contactPath(id))).body,
      (await admin.get(contactPath(id, '/vacancies'))).body,
      (await admin.get(vacancyPath(vacancy.hash_id, '/contacts'))).body,
      (await admin.get(vacancyPath(vacancy.hash_id, '/history'))).body,
    ];
    const before = await reads();
    await admin.post(contactPath(id, '/anonymize'));
    expect(await counted(vacancy)).toEqual([0, 0, 0]);
    for (const way of [admin.put, admin.delete])
      expect((await way(standingPath(vacancy, id), {})).status).toBe(404);
    await admin.post(contactPath(id, '/deanonymize'));
    expect(await reads()).toEqual(before);
    expect(await auditTrail(world.server, vacancy.id)).toEqual(['vacancy.create']);
  });

  it('archived, is out of counts and list; it stays in the history, and can still be moved and taken off', async () => {
    const { admin } = world.company;
    const { vacancy, id } = await on('Applied');
    await admin.post(contactPath(id, '/archive'));
    expect(await counted(vacancy)).toEqual([0, 0, 1]);
    expect((await placed(admin, vacancy, id, 'Interview')).stage.value).toBe('Interview');
    expect(await counted(vacancy)).toEqual([0, 0, 2]);
    await admin.post(contactPath(id, '/unarchive'));
    expect(await counted(vacancy)).toEqual([1, 1, 2]);
    await admin.post(contactPath(id, '/archive'));
    expect((await admin.delete(standingPath(vacancy, id))).status).toBe(200);
    expect(await counted(vacancy)).toEqual([0, 0, 3]);
  });

  it('anonymised, no longer names a vacancy that is deleted at the time, once it is back', async () => {
    const { admin } = world.company;
    const { vacancy, id } = await on('Applied');
    await admin.post(contactPath(id, '/anonymize'));
    expect((await admin.delete(vacancyPath(vacancy.hash_id))).status).toBe(200);
    await admin.post(contactPath(id, '/deanonymize'));
    expect((await admin.get(contactPath(id, '/vacancies'))).body).toEqual({
      metadata: { totalCount: 0 },
      vacancies: [],
    });
  });
});
