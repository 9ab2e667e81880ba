import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, made, newContact, newPool, newTeam, poolPath } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const pool = async (more: object = {}) => (await newPool(world.company.admin, more)).id;

describe('GET /v1/pool/{poolid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: poolPath(await pool()) }));
  keepsCompaniesApart(world, 'GET', pool, poolPath);

  it.each(['limited', 'recruiter_team_member', 'team_member', 'admin'] as const)(
    '200: to %s, private as it is',
    async (role) => {
      const made = await newPool(world.company.admin);
      const reader = await world.company.user(role);
      expect((await reader.get(poolPath(made.id))).body).toEqual(made);
    },
  );

  it('200: to the role restricted where it is shared with it or its team, and it finds itself alone there', async () => {
    const { company } = world;
    const [restricted, stranger] = [await company.user('restricted'), await company.user('restricted')];
    const [team, others] = [await newTeam(company, [restricted]), await newTeam(company, [stranger])];
    const all = { users: [company.admin.id, restricted.id], teams: [team.id, others.id] };
    const mine = await newPool(company.admin, { shares: all });
    const ours = await newPool(company.admin, { shares: { teams: [team.id] } });
    expect((await restricted.get(poolPath(mine.id))).body.shares).toEqual({
      users: [restricted.id],
      teams: [team.id],
    });
    expect((await restricted.get(poolPath(ours.id))).body).toEqual(ours);
    expect((await stranger.get(poolPath(mine.id))).body.shares).toEqual({ users: [], teams: [others.id] });
    expect((await stranger.get(poolPath(ours.id))).status).toBe(404);
  });

  it('404: to the role restricted where nothing is shared, whether public, its own, or owned by it', async () => {
    const { company } = world;
    const restricted = await company.user('restricted');
    for (const more of [{}, { visibility: 'public' }, { owner: restricted.id }]) {
      expect((await restricted.get(poolPath(await pool(more)))).status).toBe(404);
    }
  });

  it('200: counts the contacts that the reader sees, none that is archived, anonymised or deleted', async () => {
    const { company } = world;
    const { admin } = company;
    const id = await pool();
    const lists = [{ id }];
    const [archived, anonymised, deleted] = await Promise.all(
      Array.from({ length: 3 }, () => newContact(admin, { lists })),
    );
    const limited = await company.user('limited');
    await newContact(admin, { lists });
    await newContact(admin, { lists, confidential: true });
    await newContact(admin, { lists, assignedTo: limited.id });
    await made(admin.post(contactPath(archived.id, '/archive')));
    await made(admin.post(contactPath(anonymised.id, '/anonymize')));
    await made(admin.delete(contactPath(deleted.id)));
    const member = await company.user('team_member');
    const counts = [];
    for (const reader of [admin, member, limited]) {
      counts.push((await reader.get(poolPath(id))).body.contactCount);
    }
    expect(counts).toEqual([3, 2, 1]);
    await made(admin.patch(poolPath(id), { visibility: 'public' }));
    expect((await limited.get(poolPath(id))).body.contactCount).toBe(2);
    await made(admin.post(contactPath(archived.id, '/unarchive')));
    expect((await admin.get(poolPath(id))).body.contactCount).toBe(4);
  });
});
