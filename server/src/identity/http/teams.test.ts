import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Caller, startServer, type TestCompany, type TestServer } from '../../../test/harness.ts';

let server: TestServer;
let company: TestCompany;
let other: TestCompany;
let member: Caller;
let restricted: Caller;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
  other = await server.company();
  member = await company.user('team_member');
  restricted = await company.user('restricted');
});
afterAll(() => server.close());

const team = async (body: object = {}) =>
  (await company.admin.post('/v1/teams', { name: `Team ${randomUUID()}`, ...body })).body;

describe('GET /v1/teams', () => {
  it('200: every user reads the teams, oldest first, a page at a time', async () => {
    const own = await server.company();
    for (const name of ['First', 'Second', 'Third']) await own.admin.post('/v1/teams', { name });
    const reader = await own.user('limited');
    const page = await reader.get('/v1/teams?limit=2&offset=1');
    expect(page.status).toBe(200);
    expect(page.body.teams.map(({ name }: { name: string }) => name)).toEqual(['Second', 'Third']);
    expect(page.body.totalCount).toBe(3);
  });

  it("200: the role restricted sees its own teams and nobody else's membership", async () => {
    const shared = await team({ members: [restricted.id, member.id] });
    await team({ members: [member.id] });
    const { body } = await restricted.get('/v1/teams');
    expect(body).toEqual({
      teams: [{ id: shared.id, name: shared.name, members: [restricted.id] }],
      totalCount: 1,
    });
  });

  it('200: another company sees none of them', async () => {
    await team();
    expect((await other.admin.get('/v1/teams')).body).toEqual({ teams: [], totalCount: 0 });
  });

  it('400: a limit over 200', async () => {
    expect((await member.get('/v1/teams?limit=201')).status).toBe(400);
  });

  it('401: without a token', async () => {
    expect((await server.call('GET', '/v1/teams')).status).toBe(401);
  });
});

describe('POST /v1/teams', () => {
  it('200: answers the team and where it is, and leaves an audit row', async () => {
    const { status, body, headers } = await company.admin.post('/v1/teams', {
      name: '  Berlin ',
      members: [member.id],
    });
    expect(status).toBe(200);
    expect(body).toEqual({ id: body.id, name: 'Berlin', members: [member.id] });
    expect(headers.get('location')).toBe(`/v1/teams/${body.id}`);
    const rows = await server.sql('select action, fields from audit_entry where subject_id = $1', [body.id]);
    expect(rows).toEqual([{ action: 'team.create', fields: ['name', 'members'] }]);
  });

  it('200: an admin may, and another company may use the same name', async () => {
    const admin = await company.user('admin');
    expect((await admin.post('/v1/teams', { name: 'Same name' })).status).toBe(200);
    expect((await other.admin.post('/v1/teams', { name: 'Same name' })).status).toBe(200);
  });

  it.each([
    ['no name', {}, 'name: is required'],
    ['a blank name', { name: '  ' }, 'name: must not be empty'],
    ['a member twice', { name: 'x', members: ['a', 'a'] }, 'members: must not hold the same entry twice'],
    ['members that are no list', { name: 'x', members: 'a' }, 'members: must be an array'],
  ])('400: %s', async (_what, body, message) => {
    const answer = await company.admin.post('/v1/teams', body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(message);
  });

  it("400: names the member that is no user, another company's like one that never was", async () => {
    for (const stranger of [other.admin.id, randomUUID(), 'nobody']) {
      const answer = await company.admin.post('/v1/teams', { name: 'Mixed', members: [member.id, stranger] });
      expect(answer.status).toBe(400);
      expect(answer.body.message).toBe('members[1]: must be the id of a user');
    }
  });

  it('401: without a token', async () => {
    expect((await server.call('POST', '/v1/teams', { body: { name: 'x' } })).status).toBe(401);
  });

  it('403: without the right to change settings', async () => {
    expect((await member.post('/v1/teams', { name: 'Not mine to make' })).status).toBe(403);
  });

  it('409: a name that is taken, whatever its case', async () => {
    await team({ name: 'Oslo' });
    expect((await company.admin.post('/v1/teams', { name: ' OSLO' })).status).toBe(409);
  });

  it('409: of two at once with one name, one is made', async () => {
    const made = await Promise.all(
      ['Twins', 'twins'].map((name) => company.admin.post('/v1/teams', { name })),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('GET /v1/teams/{teamid}', () => {
  it('200: with all members for whoever sees users, with itself alone for the role restricted', async () => {
    const { id, name } = await team({ members: [member.id, restricted.id] });
    const seen = await member.get(`/v1/teams/${id}`);
    expect(seen.status).toBe(200);
    expect(seen.body.members.sort()).toEqual([member.id, restricted.id].sort());
    expect((await restricted.get(`/v1/teams/${id}`)).body).toEqual({ id, name, members: [restricted.id] });
  });

  it('401: without a token', async () => {
    expect((await server.call('GET', `/v1/teams/${randomUUID()}`)).status).toBe(401);
  });

  it("404: the same answer for an unknown id, another company's, and one the role restricted is not in", async () => {
    const { id } = await team({ members: [member.id] });
    const answers = [
      await company.admin.get(`/v1/teams/${randomUUID()}`),
      await company.admin.get('/v1/teams/none'),
      await other.admin.get(`/v1/teams/${id}`),
      await restricted.get(`/v1/teams/${id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(new Set(answers.map(({ body }) => body.message)).size).toBe(1);
  });
});

describe('PATCH /v1/teams/{teamid}', () => {
  it('200: changes what it names; members are replaced whole', async () => {
    const { id } = await team({ name: 'Before', members: [member.id] });
    const renamed = await company.admin.patch(`/v1/teams/${id}`, { name: 'After' });
    expect(renamed.body).toEqual({ id, name: 'After', members: [member.id] });
    const replaced = await company.admin.patch(`/v1/teams/${id}`, { members: [restricted.id] });
    expect(replaced.body).toEqual({ id, name: 'After', members: [restricted.id] });
    expect((await company.admin.patch(`/v1/teams/${id}`, { members: [] })).body.members).toEqual([]);
    expect((await company.admin.patch(`/v1/teams/${id}`, { name: 'AFTER' })).status).toBe(200);
  });

  it('200: what it answered can be sent back', async () => {
    const made = await team({ members: [member.id] });
    const { body, headers } = await company.admin.patch(`/v1/teams/${made.id}`, made);
    expect(body).toEqual(made);
    expect(headers.get('x-ignored-fields')).toBeNull();
  });

  it('200: a new member sees its team at once, on another server within a second', async () => {
    const sibling = await server.sibling();
    const { id } = await team();
    const newcomer = await company.user('restricted');
    const elsewhere = () => sibling.call('GET', `/v1/teams/${id}`, { token: newcomer.token });
    expect((await elsewhere()).status).toBe(404);
    await company.admin.patch(`/v1/teams/${id}`, { members: [newcomer.id] });
    expect((await newcomer.get(`/v1/teams/${id}`)).status).toBe(200);
    await vi.waitFor(async () => expect((await elsewhere()).status).toBe(200), 1_000);
  });

  it('200: two at once both count, one after the other', async () => {
    const { id } = await team();
    const answers = await Promise.all(
      [[member.id], [restricted.id]].map((members) => company.admin.patch(`/v1/teams/${id}`, { members })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await company.admin.get(`/v1/teams/${id}`)).body.members).toHaveLength(1);
  });

  it('400: a member that is no user, and nothing is changed', async () => {
    const made = await team({ members: [member.id] });
    const answer = await company.admin.patch(`/v1/teams/${made.id}`, {
      name: 'Changed',
      members: [randomUUID()],
    });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe('members[0]: must be the id of a user');
    expect((await company.admin.get(`/v1/teams/${made.id}`)).body).toEqual(made);
  });

  it('401: without a token', async () => {
    expect((await server.call('PATCH', `/v1/teams/${randomUUID()}`, { body: {} })).status).toBe(401);
  });

  it('403: a team that the caller sees but may not change', async () => {
    const { id } = await team({ members: [restricted.id] });
    expect((await member.patch(`/v1/teams/${id}`, { name: 'x' })).status).toBe(403);
    expect((await restricted.patch(`/v1/teams/${id}`, { name: 'x' })).status).toBe(403);
  });

  it("404: unknown, another company's, and one that the role restricted is not in", async () => {
    const { id } = await team();
    expect((await company.admin.patch(`/v1/teams/${randomUUID()}`, { name: 'x' })).status).toBe(404);
    expect((await other.admin.patch(`/v1/teams/${id}`, { name: 'x' })).status).toBe(404);
    expect((await restricted.patch(`/v1/teams/${id}`, { name: 'x' })).status).toBe(404);
  });

  it('409: the name of another team', async () => {
    await team({ name: 'Lima' });
    const { id } = await team();
    expect((await company.admin.patch(`/v1/teams/${id}`, { name: 'lima' })).status).toBe(409);
  });
});

describe('DELETE /v1/teams/{teamid}', () => {
  it('200: the team is gone, its members stay', async () => {
    const { id } = await team({ members: [member.id] });
    expect((await company.admin.delete(`/v1/teams/${id}`)).status).toBe(200);
    expect((await company.admin.get(`/v1/teams/${id}`)).status).toBe(404);
    expect((await company.admin.get(`/v1/user/${member.id}`)).status).toBe(200);
    expect(await server.sql('select from team_member where team_id = $1', [id])).toEqual([]);
  });

  it('401: without a token', async () => {
    expect((await server.call('DELETE', `/v1/teams/${randomUUID()}`)).status).toBe(401);
  });

  it('403: without the right to change settings', async () => {
    const { id } = await team();
    expect((await member.delete(`/v1/teams/${id}`)).status).toBe(403);
  });

  it("404: unknown and another company's; of two at once, one finds it gone", async () => {
    const { id } = await team();
    expect((await other.admin.delete(`/v1/teams/${id}`)).status).toBe(404);
    const both = await Promise.all([1, 2].map(() => company.admin.delete(`/v1/teams/${id}`)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
  });
});
