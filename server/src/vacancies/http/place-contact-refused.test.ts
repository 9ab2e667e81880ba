import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contactPath, newContact, newVacancy, stageOf, standingPath } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
type Body = Answer['body'];
const put = (vacancy: Body, id: string, body: object = {}) =>
  world.company.admin.put(standingPath(vacancy, id), body);
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;
const read = async (id: string) => (await world.company.admin.get(contactPath(id))).body;
const both = async () => [await newVacancy(world.company), await contact()] as const;

describe('PUT /v1/vacancy/{vacancyid}/contacts/{contactid}, refused', () => {
  it('400: an unknown stage; the answer lists those that there are, and nothing is changed', async () => {
    const [vacancy, id] = await both();
    const other = await newVacancy(world.company);
    for (const wrong of [randomUUID(), 'Applied', stageOf(other, 'Applied')]) {
      const { status, body } = await put(vacancy, id, { stage: { id: wrong } });
      expect([status, body.message.split(': ')[0]]).toEqual([400, 'stage.id']);
      for (const stage of vacancy.stages) expect(body.message).toContain(`${stage.id} (${stage.value})`);
    }
    expect((await read(id)).version).toBe(1);
  });

  it('400: a vacancy without stages', async () => {
    const vacancy = await newVacancy(world.company, { stages: [] });
    const { status, body } = await put(vacancy, await contact());
    expect([status, body.message.split(': ')[0]]).toEqual([400, 'stage']);
  });

  it.each([
    [{ stage: 'x' }, 'stage'],
    [{ stage: {} }, 'stage.id'],
    [{ stage: { id: '' } }, 'stage.id'],
    [{ stage: { id: 7 } }, 'stage.id'],
    [{ stage: { id: 'x', date: 'soon' } }, 'stage.date'],
    [{ priority: 1 }, 'priority'],
    [{ priority: 'x'.repeat(101) }, 'priority'],
    [{ rejectionReason: 'no' }, 'rejectionReason'],
    [{ rejectionReason: {} }, 'rejectionReason'],
    [{ rejectionReason: { value: ' ' } }, 'rejectionReason'],
    [{ rejectionReason: { id: '', value: '' } }, 'rejectionReason'],
    [{ rejectionReason: { id: 7 } }, 'rejectionReason.id'],
    [{ rejectionReason: { value: 'x'.repeat(501) } }, 'rejectionReason.value'],
    [{ rejectionReason: { id: 'r', date: '2015-02-30' } }, 'rejectionReason.date'],
  ])('400: %j is wrong at %s, and nothing is changed', async (body, path) => {
    const [vacancy, id] = await both();
    const answer = await put(vacancy, id, body);
    expect([answer.status, answer.body.message.split(': ')[0]]).toEqual([400, path]);
    expect((await read(id)).vacancies).toEqual([]);
  });

  it('400: no body', async () => {
    const [vacancy, id] = await both();
    expect((await world.company.admin.put(standingPath(vacancy, id))).status).toBe(400);
  });

  it('403: who sees both and does not write vacancies', async () => {
    const [vacancy, id] = await both();
    for (const role of ['team_member', 'marketing_admin', 'confidential'] as const) {
      const caller = await world.company.user(role);
      expect((await caller.put(standingPath(vacancy, id), {})).status).toBe(403);
    }
    const limited = await world.company.user('limited');
    const own = await contact({ assignedTo: limited.id });
    expect((await limited.put(standingPath(vacancy, own), {})).status).toBe(403);
    expect((await read(id)).vacancies).toEqual([]);
  });

  it('200: recruiters and admins', async () => {
    const [vacancy, id] = await both();
    for (const role of ['recruiter_team_member', 'recruiter_confidential', 'admin'] as const) {
      const caller = await world.company.user(role);
      expect((await caller.put(standingPath(vacancy, id), { priority: role })).status).toBe(200);
    }
  });

  it('404: a contact that is none, is gone, or is not for the caller to see', async () => {
    const { admin } = world.company;
    const vacancy = await newVacancy(world.company);
    const [deleted, hidden, secret] = [
      await contact(),
      await contact(),
      await contact({ confidential: true }),
    ];
    await admin.delete(contactPath(deleted));
    await admin.post(contactPath(hidden, '/anonymize'));
    const foreign = (await newContact(world.other.admin)).id;
    for (const id of [randomUUID(), 'none', deleted, hidden, foreign]) {
      const { status, body } = await put(vacancy, id);
      expect([status, body.message]).toEqual([404, 'contact not found']);
    }
    const recruiter = await world.company.user('recruiter_team_member');
    expect((await recruiter.put(standingPath(vacancy, secret), {})).status).toBe(404);
    const limited = await world.company.user('limited');
    expect((await limited.put(standingPath(vacancy, await contact()), {})).status).toBe(404);
  });

  it('404: to the role restricted there is no vacancy, whatever contact it sees', async () => {
    const restricted = await world.company.user('restricted');
    const [vacancy, id] = [await newVacancy(world.company), await contact({ assignedTo: restricted.id })];
    const { status, body } = await restricted.put(standingPath(vacancy, id), {});
    expect([status, body.message]).toEqual([404, 'vacancy not found']);
  });
});
