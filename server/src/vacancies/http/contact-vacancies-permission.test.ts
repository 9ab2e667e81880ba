import { describe, expect, it } from 'vitest';
import {
  auditTrail,
  contactPath,
  newContact,
  newVacancy,
  placed,
  someEmail,
  stageOf,
  standingPath,
  vacancyPath,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
/** A contact that is rejected on one vacancy and stands on a locked stage of another. */
async function contactOnTwo(more: object = {}) {
  const { admin } = world.company;
  const [first, second] = [await newVacancy(world.company), await newVacancy(world.company)];
  const { id } = await newContact(admin, more);
  await admin.put(standingPath(first, id), { priority: 'high', rejectionReason: { id: 'r', value: 'No' } });
  await placed(admin, second, id, 'Hired');
  return { first, second, contact: (await admin.get(contactPath(id))).body };
}

describe('vacancies in PATCH and POST contact, by roles that do not write vacancies', () => {
  it.each(['team_member', 'marketing_admin', 'confidential', 'limited'] as const)(
    '200: a %s may send back what it got; other fields of it change',
    async (role) => {
      const caller = await world.company.user(role);
      const { contact } = await contactOnTwo({ assignedTo: caller.id });
      const { body: got } = await caller.get(contactPath(contact.id));
      expect(got).toEqual(contact);
      expect((await caller.patch(contactPath(got.id), got)).body).toEqual(got);
      expect((await caller.post('/v1/contact', got)).body).toEqual(got);
      const { vacancies } = (await caller.get(contactPath(got.id, '/vacancies'))).body;
      expect((await caller.patch(contactPath(got.id), { vacancies })).body).toEqual(got);
      const { status, body } = await caller.patch(contactPath(got.id), { ...got, skills: ['Patience'] });
      expect([status, body.skills, body.vacancies]).toEqual([200, ['Patience'], got.vacancies]);
    },
  );

  it('403: any real change, whatever else would be wrong with it, and nothing is changed', async () => {
    const { admin } = world.company;
    const { first, second, contact } = await contactOnTwo();
    const third = await newVacancy(world.company);
    const member = await world.company.user('team_member');
    const [one, two] = contact.vacancies;
    const changes = [
      [],
      null,
      [two],
      [one],
      [one, two, { id: third.id }],
      [{ ...one, stage: { id: stageOf(first, 'Interview') } }, two],
      [one, { ...two, stage: { id: stageOf(second, 'Applied') } }],
      [{ ...one, priority: 'low' }, two],
      [{ ...one, priority: null }, two],
      [{ ...one, rejectionReason: null }, two],
      [one, { ...two, rejectionReason: { id: 'r' } }],
    ];
    for (const vacancies of changes) {
      for (const answer of [
        await member.patch(contactPath(contact.id), { vacancies, firstName: 'Changed' }),
        await member.post('/v1/contact', { emails: contact.emails, vacancies, firstName: 'Changed' }),
      ]) {
        expect([answer.status, JSON.stringify(vacancies)]).toEqual([403, JSON.stringify(vacancies)]);
        expect(answer.body.message).toContain('vacancies.write');
      }
    }
    expect((await admin.get(contactPath(contact.id))).body).toEqual(contact);
    expect(await auditTrail(world.server, contact.id)).toHaveLength(contact.version);
    expect((await admin.get(vacancyPath(third.hash_id, '/history'))).body.totalCount).toBe(0);
  });

  it('403: a new contact on a vacancy is not made; on none it is', async () => {
    const member = await world.company.user('team_member');
    const vacancy = await newVacancy(world.company);
    const emails = [someEmail()];
    const { status } = await member.post('/v1/contact', { emails, vacancies: [{ id: vacancy.id }] });
    expect(status).toBe(403);
    expect((await world.company.admin.get(`/v1/contacts?email=${emails[0]}`)).body.total_count).toBe(0);
    expect((await member.post('/v1/contact', { emails, vacancies: [] })).status).toBe(200);
  });

  it('200: recruiters and admins change them', async () => {
    for (const role of ['recruiter_team_member', 'recruiter_confidential', 'admin'] as const) {
      const caller = await world.company.user(role);
      const { contact } = await contactOnTwo();
      const { status, body } = await caller.patch(contactPath(contact.id), {
        vacancies: contact.vacancies.slice(1),
      });
      expect([status, body.vacancies]).toEqual([200, contact.vacancies.slice(1)]);
    }
  });
});
