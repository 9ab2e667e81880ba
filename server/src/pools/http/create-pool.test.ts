import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, newPoolType, newTeam, newUser, poolPath } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const create = (body: unknown) => world.company.admin.post('/v1/pool', body);

describe('POST /v1/pool', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: '/v1/pool', body: { name: 'A pool' } }));

  it('200: a name is enough: the pool is private and the caller’s', async () => {
    const { status, body, headers } = await create({ name: '  Engineers ' });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: body.id,
      name: 'Engineers',
      visibility: 'private',
      owner: world.company.admin.id,
      shares: { users: [], teams: [] },
      contactCount: 0,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: body.createdAt,
    });
    expect(headers.get('location')).toBe(poolPath(body.id));
    expect((await world.company.admin.get(poolPath(body.id))).body).toEqual(body);
    expect(await auditTrail(world.server, body.id)).toEqual(['pool.create']);
  });

  it('200: with all there is to say', async () => {
    const { company } = world;
    const poolType = await newPoolType(company, ['Met', 'Called'], { sequential: true });
    const [user, team] = await Promise.all([newUser(company), newTeam(company)]);
    const { status, body } = await create({
      name: 'Alumni',
      description: 'They left us.',
      visibility: 'public',
      owner: user.id.toUpperCase(),
      poolType: { id: poolType.id.toUpperCase() },
      shares: { users: [user.id, user.id.toUpperCase()], teams: [team.id] },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: body.id,
      name: 'Alumni',
      description: 'They left us.',
      visibility: 'public',
      owner: user.id,
      poolType,
      shares: { users: [user.id], teams: [team.id] },
      contactCount: 0,
      createdAt: body.createdAt,
      updatedAt: body.updatedAt,
    });
    const [row] = await world.server.sql('select fields from audit_entry where subject_id = $1', [body.id]);
    expect(row).toEqual({ fields: ['name', 'description', 'visibility', 'owner', 'poolType', 'shares'] });
  });

  it('200: nulls, and a pool that is sent back, make a pool like any other', async () => {
    const poolType = await newPoolType(world.company, ['Met']);
    const { body: first } = await create({ name: 'Twins', description: null, owner: null, poolType: null });
    expect(first).not.toHaveProperty('description');
    expect(first).not.toHaveProperty('poolType');
    expect(first.owner).toBe(world.company.admin.id);
    const { body, headers } = await create({ ...first, poolType, contactCount: 7 });
    expect(headers.get('x-ignored-fields')).toBeNull();
    expect(body.id).not.toBe(first.id);
    expect(body).toMatchObject({ name: 'Twins', poolType, contactCount: 0 });
  });

  it('200: two pools may have one name', async () => {
    const [one, two] = await Promise.all([create({ name: 'Same' }), create({ name: 'Same' })]);
    expect([one.status, two.status]).toEqual([200, 200]);
  });

  it.each([
    'super_admin',
    'admin',
    'team_member',
    'marketing_admin',
    'marketing_team_member',
    'confidential',
  ] as const)('200: for %s', async (role) => {
    const caller = await world.company.user(role);
    const { status, body } = await caller.post('/v1/pool', { name: 'Theirs' });
    expect(status).toBe(200);
    expect(body.owner).toBe(caller.id);
  });

  it.each([
    ['no name', {}, 'name: is required'],
    ['a blank name', { name: ' ' }, 'name: must not be empty'],
    ['a long name', { name: 'x'.repeat(201) }, 'name: must be at most 200 characters long'],
    [
      'a long description',
      { name: 'x', description: 'x'.repeat(20_001) },
      'description: must be at most 20000 characters long',
    ],
    ['another visibility', { name: 'x', visibility: 'secret' }, 'visibility: must be one of public, private'],
    ['an owner that is none', { name: 'x', owner: 'nobody' }, 'owner: must be the id of a user'],
    ['a pool type without an id', { name: 'x', poolType: { name: 'Met' } }, 'poolType.id: is required'],
    [
      'too many shares',
      { name: 'x', shares: { users: Array.from({ length: 501 }, () => randomUUID()) } },
      'shares.users: must have at most 500 entries',
    ],
  ])('400: %s', async (_what, body, message) => {
    const answer = await create(body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(message);
  });

  it("400: what does not exist is named, another company's like what never was", async () => {
    const { company, other } = world;
    const [foreignType, foreignTeam] = await Promise.all([newPoolType(other, []), newTeam(other)]);
    const pointing = [
      ['owner', (id: string) => ({ owner: id }), other.admin.id],
      ['poolType.id', (id: string) => ({ poolType: { id } }), foreignType.id],
      [
        'shares.users[1]',
        (id: string) => ({ shares: { users: [company.admin.id, id], teams: [] } }),
        other.admin.id,
      ],
      ['shares.teams[0]', (id: string) => ({ shares: { teams: [id] } }), foreignTeam.id],
    ] as const;
    for (const [path, body, foreign] of pointing) {
      const answers = await Promise.all(
        [foreign, randomUUID(), 'nothing'].map((id) => create({ name: 'x', ...body(id) })),
      );
      for (const answer of answers) {
        expect(answer.status).toBe(400);
        expect(answer.body.message).toMatch(
          new RegExp(`^${path.replace(/[[\].]/g, '\\$&')}: must be the id`),
        );
      }
      expect(new Set(answers.map(({ body: { message } }) => message)).size).toBe(1);
    }
  });

  it.each([
    'limited',
    'marketing_limited',
    'restricted',
    'recruiter_team_member',
    'recruiter_confidential',
  ] as const)('403: for %s', async (role) => {
    const caller = await world.company.user(role);
    expect((await caller.post('/v1/pool', { name: 'Not mine to make' })).status).toBe(403);
  });
});
