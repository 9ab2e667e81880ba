import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  made,
  newContact,
  newPool,
  newPoolType,
  newTeam,
  newUser,
  poolPath,
  statusesOf,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const pool = async (more: object = {}) => (await newPool(world.company.admin, more)).id;
const patch = (id: string, change: unknown) => world.company.admin.patch(poolPath(id), change);
const jobs = (id: string) =>
  world.server.sql("select from outbox where payload ->> 'ref' = $1 and topic = 'contacts.recompose'", [id]);

/** The names of the steps at which a pool's contacts stand. */
async function stepsIn(id: string): Promise<(string | undefined)[]> {
  const { body } = await world.company.admin.get(poolPath(id, '/contacts'));
  return body.contacts.map(({ step }: { step?: { value: string } }) => step?.value);
}

describe('PATCH /v1/pool/{poolid}', () => {
  knowsItsCallers(world, 'PATCH', async () => ({ path: poolPath(await pool()), body: {} }));
  keepsCompaniesApart(world, 'PATCH', pool, poolPath, { body: { name: 'Taken over' } });

  it('200: changes what it names and leaves the rest', async () => {
    const before = await newPool(world.company.admin, { description: 'First' });
    const user = await newUser(world.company);
    const changes = [
      { name: 'Renamed' },
      { visibility: 'public' },
      { owner: user.id },
      { description: 'Second' },
    ];
    let expected = before;
    for (const change of changes) {
      const { status, body } = await patch(before.id, change);
      expect(status).toBe(200);
      expected = { ...expected, ...change, updatedAt: body.updatedAt };
      expect(body).toEqual(expected);
    }
    expect(Date.parse(expected.updatedAt)).toBeGreaterThanOrEqual(Date.parse(before.updatedAt));
    const { body } = await patch(before.id, { description: null, owner: null });
    expect(body).not.toHaveProperty('description');
    expect(body).not.toHaveProperty('owner');
    expect(await auditTrail(world.server, before.id)).toEqual([
      'pool.create',
      ...Array(5).fill('pool.update'),
    ]);
    expect(await jobs(before.id)).toHaveLength(1);
  });

  it('200: what it answered can be sent back, and then changes nothing', async () => {
    const { company } = world;
    const poolType = await newPoolType(company, ['Met']);
    const [team, user] = await Promise.all([newTeam(company), newUser(company)]);
    const before = await newPool(company.admin, {
      description: 'All there is',
      visibility: 'public',
      poolType: { id: poolType.id },
      shares: { users: [user.id, company.admin.id], teams: [team.id] },
    });
    const { status, body, headers } = await patch(before.id, before);
    expect(status).toBe(200);
    expect(body).toEqual(before);
    expect(headers.get('x-ignored-fields')).toBeNull();
    expect(await auditTrail(world.server, before.id)).toEqual(['pool.create']);
    expect(await jobs(before.id)).toEqual([]);
  });

  it('200: shares are replaced whole', async () => {
    const { company } = world;
    const [one, two] = await Promise.all([newUser(company), newUser(company)]);
    const team = await newTeam(company);
    const id = await pool({ shares: { users: [one.id], teams: [team.id] } });
    const shares = async (given: object) => (await made(patch(id, { shares: given }))).shares;
    expect(await shares({ users: [two.id] })).toEqual({ users: [two.id], teams: [] });
    expect(await shares({ teams: [team.id], users: [one.id, two.id] })).toEqual({
      users: [one.id, two.id].sort(),
      teams: [team.id],
    });
    expect(await shares({})).toEqual({ users: [], teams: [] });
  });

  it('200: a user or team that is deleted is no longer shared with, nor the owner', async () => {
    const { company } = world;
    const [user, team] = await Promise.all([newUser(company), newTeam(company)]);
    const id = await pool({ owner: user.id, shares: { users: [user.id], teams: [team.id] } });
    await made(company.admin.delete(`/v1/user/${user.id}`));
    await made(company.admin.delete(`/v1/teams/${team.id}`));
    const { body } = await company.admin.get(poolPath(id));
    expect(body.shares).toEqual({ users: [], teams: [] });
    expect(body).not.toHaveProperty('owner');
  });

  it('200: another pool type puts every contact at its first step; none, at none', async () => {
    const { company } = world;
    const types = await Promise.all([
      newPoolType(company, ['Met', 'Called']),
      newPoolType(company, ['Applied', 'Hired']),
      newPoolType(company, []),
    ]);
    const [talks, hiring, plain] = types.map(({ id }) => ({ poolType: { id } }));
    const id = await pool();
    const contacts = [];
    for (const _ of [1, 2, 3]) contacts.push(await newContact(company.admin, { lists: [{ id }] }));
    expect(await stepsIn(id)).toEqual([undefined, undefined, undefined]);
    await made(patch(id, talks));
    expect(await stepsIn(id)).toEqual(['Met', 'Met', 'Met']);
    const called = { id: types[0].steps.values[1].id };
    await made(company.admin.put(poolPath(id, `/contacts/${contacts[1].id}/step`), called));
    await made(patch(id, talks));
    expect(await stepsIn(id)).toEqual(['Met', 'Called', 'Met']);
    await made(patch(id, hiring));
    expect(await stepsIn(id)).toEqual(['Applied', 'Applied', 'Applied']);
    await made(patch(id, plain));
    expect(await stepsIn(id)).toEqual([undefined, undefined, undefined]);
    await made(patch(id, talks));
    await made(patch(id, { poolType: null }));
    expect(await stepsIn(id)).toEqual([undefined, undefined, undefined]);
    const { body } = await company.admin.get(contactPath(contacts[0].id));
    expect(body).toEqual(contacts[0]);
  });

  it('200: of many at once every one counts', async () => {
    const id = await pool();
    const user = await newUser(world.company);
    const poolType = await newPoolType(world.company, ['Met']);
    const changes = [
      { name: 'Together' },
      { visibility: 'public' },
      { description: 'All of them' },
      { owner: user.id },
      { shares: { users: [user.id], teams: [] } },
      { poolType: { id: poolType.id } },
    ];
    expect(statusesOf(await Promise.all(changes.map((change) => patch(id, change))))).toEqual(
      changes.map(() => 200),
    );
    expect((await world.company.admin.get(poolPath(id))).body).toMatchObject({
      ...Object.assign({}, ...changes),
      poolType,
    });
  });

  it('200: contacts that are added while the type changes stand at its first step', async () => {
    const { company } = world;
    const poolType = await newPoolType(company, ['Met', 'Called']);
    for (let round = 0; round < 5; round++) {
      const id = await pool();
      const contacts = await Promise.all(Array.from({ length: 6 }, () => newContact(company.admin)));
      const answers = await Promise.all([
        ...contacts.map((contact, index) =>
          index % 2
            ? company.admin.put(poolPath(id, '/contacts'), { id: contact.id })
            : company.admin.patch(contactPath(contact.id), { lists: [{ id }] }),
        ),
        patch(id, { poolType: { id: poolType.id } }),
      ]);
      expect(new Set(statusesOf(answers))).toEqual(new Set([200]));
      expect(await stepsIn(id)).toEqual(contacts.map(() => 'Met'));
    }
  });

  it.each([
    ['a blank name', { name: ' ' }, 'name: must not be empty'],
    ['no name at all', { name: null }, 'name: must be a string'],
    ['another visibility', { visibility: null }, 'visibility: must be a string'],
    ['an owner that is none', { owner: 'nobody' }, 'owner: must be the id of a user'],
    [
      'a type that is none',
      { poolType: { id: 'none' } },
      'poolType.id: must be the id of a pool type; GET /v1/pooltypes lists them',
    ],
    ['a share that is none', { shares: { teams: ['none'] } }, 'shares.teams[0]: must be the id of a team'],
  ])('400: %s, and nothing is changed', async (_what, change, message) => {
    const before = await newPool(world.company.admin);
    const answer = await patch(before.id, { description: 'Changed', ...change });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(message);
    expect((await world.company.admin.get(poolPath(before.id))).body).toEqual(before);
  });

  it('403: a pool that the caller sees but may not change, whatever it asks for', async () => {
    const { company } = world;
    const restricted = await company.user('restricted');
    const id = await pool({ shares: { users: [restricted.id] } });
    for (const caller of [
      restricted,
      await company.user('limited'),
      await company.user('recruiter_team_member'),
    ]) {
      expect((await caller.patch(poolPath(id), { owner: 'nobody' })).status).toBe(403);
    }
  });

  it('404: one that the role restricted does not see', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.patch(poolPath(await pool()), { name: 'x' })).status).toBe(404);
  });
});
