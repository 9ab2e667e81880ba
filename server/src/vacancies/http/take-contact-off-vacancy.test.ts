import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  newContact,
  newVacancy,
  placed,
  stageOf,
  standingPath,
  statusesOf,
  vacancyPath,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
async function on() {
  const { admin } = world.company;
  const [vacancy, { id }] = [await newVacancy(world.company), await newContact(admin)];
  await placed(admin, vacancy, id);
  return { vacancy, id };
}

describe('DELETE /v1/vacancy/{vacancyid}/contacts/{contactid}', () => {
  knowsItsCallers(world, 'DELETE', async () => {
    const { vacancy, id } = await on();
    return { path: standingPath(vacancy, id) };
  });
  keepsCompaniesApart(
    world,
    'DELETE',
    async () => {
      const { vacancy, id } = await on();
      return `${vacancy.hash_id}/contacts/${id}`;
    },
    (name) => `/v1/vacancy/${name.includes('/') ? name : `${name}/contacts/${name}`}`,
    { look: (name) => `/v1/contact/${name.split('/').at(-1)}` },
  );

  it('200: it is off, and only off this one; the contact and the history say so; an audit row', async () => {
    const { admin } = world.company;
    const { vacancy, id } = await on();
    const other = await newVacancy(world.company);
    await placed(admin, other, id);
    await placed(admin, vacancy, id, 'Interview');
    const before = (await admin.get(contactPath(id))).body;
    const { status, body } = await admin.delete(standingPath(vacancy, id));
    expect([status, body]).toEqual([200, { code: 200, message: expect.any(String) }]);
    const after = (await admin.get(contactPath(id))).body;
    expect(after).toEqual({
      ...before,
      version: before.version + 1,
      updatedTime: expect.any(String),
      vacancies: before.vacancies.slice(1),
    });
    expect(after.vacancies[0].id).toBe(other.id);
    expect(after.updatedTime > before.updatedTime).toBe(true);
    const [list, history, counted] = await Promise.all(
      ['/contacts', '/history', ''].map((step) => admin.get(vacancyPath(vacancy.hash_id, step))),
    );
    expect(list!.body).toEqual({ contacts: [], totalCount: 0 });
    expect(counted!.body.contact_count).toBe(0);
    expect(history!.body.history.at(-1)).toMatchObject({
      kind: 'removed',
      actor: admin.id,
      from: { id: stageOf(vacancy, 'Interview'), value: 'Interview' },
    });
    expect(history!.body.history.at(-1)).not.toHaveProperty('to');
    expect(await auditTrail(world.server, id)).toHaveLength(before.version + 1);
  });

  it('200: it may come again, anew: at the first stage, without priority and rejection', async () => {
    const { admin } = world.company;
    const { vacancy, id } = await on();
    await admin.put(standingPath(vacancy, id), {
      stage: { id: stageOf(vacancy, 'Interview') },
      priority: 'high',
      rejectionReason: { id: 'r' },
    });
    await admin.delete(standingPath(vacancy, id));
    const { body } = await admin.put(standingPath(vacancy, id), {});
    expect(body.stage.value).toBe('Applied');
    expect(body).not.toHaveProperty('priority');
    expect(body).not.toHaveProperty('rejectionReason');
  });

  it('404: where it is not on it, again too, and nothing is changed', async () => {
    const { admin } = world.company;
    const { vacancy, id } = await on();
    const elsewhere = await on();
    expect((await admin.delete(standingPath(vacancy, elsewhere.id))).status).toBe(404);
    expect((await admin.get(contactPath(elsewhere.id))).body.version).toBe(2);
    await admin.delete(standingPath(vacancy, id));
    expect((await admin.delete(standingPath(vacancy, id))).status).toBe(404);
    for (const none of [randomUUID(), 'none'])
      expect((await admin.delete(standingPath(vacancy, none))).status).toBe(404);
    expect((await admin.get(contactPath(id))).body.version).toBe(3);
  });

  it('200: of many at once one takes it off', async () => {
    const { vacancy, id } = await on();
    const path = standingPath(vacancy, id);
    const answers = await Promise.all([1, 2, 3, 4].map(() => world.company.admin.delete(path)));
    expect(statusesOf(answers)).toEqual([200, 404, 404, 404]);
  });

  it('403: who only reads vacancies; 404: who does not see the contact, or any vacancy', async () => {
    const { vacancy, id } = await on();
    const path = standingPath(vacancy, id);
    for (const [role, status] of [
      ['team_member', 403],
      ['limited', 404],
      ['restricted', 404],
    ] as const) {
      const caller = await world.company.user(role);
      expect([role, (await caller.delete(path)).status]).toEqual([role, status]);
    }
    const recruiter = await world.company.user('recruiter_team_member');
    expect((await recruiter.delete(path)).status).toBe(200);
  });
});
