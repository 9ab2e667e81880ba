import { describe, expect, it, vi } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, contactPath, newContact, newUser, statusesOf } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const user = async () => (await newUser(world.company)).id;
const path = (id: string) => `/v1/acl/user/${id}`;
const put = (id: string, roles: unknown) => world.company.admin.put(path(id), roles);
const roles = async (id: string) => (await world.company.admin.get(path(id))).body;

describe('PUT /v1/acl/user/{userid}', () => {
  knowsItsCallers(world, 'PUT', async () => ({ path: path(await user()), body: ['admin'] }));
  keepsCompaniesApart(world, 'PUT', user, path, { body: ['super_admin'] });

  it('200: replaces the roles, answers code and message, and leaves an audit row', async () => {
    const id = await user();
    const { status, body } = await put(id, ['admin', 'confidential']);
    expect([status, body]).toEqual([200, { code: 200, message: expect.any(String) }]);
    expect(await roles(id)).toEqual(['admin', 'confidential']);
    expect(await auditTrail(world.server, id)).toEqual(['user.create', 'user.set-roles']);
  });

  it.each([
    'super_admin',
    'admin',
    'team_member',
    'limited',
    'marketing_admin',
    'marketing_team_member',
    'marketing_limited',
    'restricted',
    'confidential',
    'recruiter_team_member',
    'recruiter_confidential',
  ])('200: the role %s', async (role) => {
    const id = await user();
    expect((await put(id, [role])).status).toBe(200);
    expect(await roles(id)).toEqual([role]);
  });

  it('200: counts at once, elsewhere within a second, for the tokens that are out', async () => {
    const sibling = await world.server.sibling();
    const limited = await world.company.user('limited');
    const contact = contactPath((await newContact(world.company.admin)).id);
    const elsewhere = async () => (await sibling.call('GET', contact, { token: limited.token })).status;
    expect(await elsewhere()).toBe(404);
    await put(limited.id, ['team_member']);
    expect((await limited.get(contact)).status).toBe(200);
    await vi.waitFor(async () => expect(await elsewhere()).toBe(200), 1_000);
    await put(limited.id, ['limited']);
    expect((await limited.get(contact)).status).toBe(404);
    await vi.waitFor(async () => expect(await elsewhere()).toBe(404), 1_000);
  });

  it('200: several roles may what each of them may', async () => {
    const caller = await world.company.user('limited', 'marketing_admin', 'recruiter_confidential');
    const { id } = await newContact(world.company.admin, { confidential: true });
    const answers = [
      await caller.patch(contactPath(id), { firstName: 'Seen' }),
      await caller.delete(contactPath(id)),
      await caller.post(contactPath(id, '/anonymize')),
      await caller.put(path(caller.id), ['super_admin']),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 200, 403]);
  });

  it('200: two at once leave the roles of one of them', async () => {
    const id = await user();
    const wanted = [['admin'], ['team_member']];
    expect(statusesOf(await Promise.all(wanted.map((one) => put(id, one))))).toEqual([200, 200]);
    expect(wanted).toContainEqual(await roles(id));
  });

  it.each([[[]], [['king']], [['admin', 'admin']], ['admin'], [{ roles: ['admin'] }], [[null]], [['ADMIN']]])(
    '400: %j',
    async (wrong) => {
      const id = await user();
      expect((await put(id, wrong)).status).toBe(400);
      expect(await roles(id)).toEqual(['limited']);
    },
  );

  it('403: for who is no super admin, about itself too', async () => {
    const admin = await world.company.user('admin');
    expect((await admin.put(path(admin.id), ['super_admin'])).status).toBe(403);
    expect(await roles(admin.id)).toEqual(['admin']);
  });

  it('404: a user that a deletion overtook', async () => {
    const id = await user();
    const [gone, set] = await Promise.all([world.company.admin.delete(`/v1/user/${id}`), put(id, ['admin'])]);
    expect(gone.status).toBe(200);
    expect([200, 404]).toContain(set.status);
    expect((await put(id, ['admin'])).status).toBe(404);
  });

  it('409: the last super admin cannot be demoted, but can have further roles', async () => {
    const { admin } = await world.server.company();
    expect((await admin.put(path(admin.id), ['admin'])).status).toBe(409);
    expect((await admin.put(path(admin.id), ['admin', 'super_admin'])).status).toBe(200);
  });

  it('409: of super admins who demote each other at once, one stays', async () => {
    for (let round = 0; round < 3; round++) {
      const { id: companyId, admin, user: signUp } = await world.server.company();
      const second = await signUp('super_admin');
      const answers = await Promise.all([
        admin.put(path(second.id), ['limited']),
        second.put(path(admin.id), ['limited']),
      ]);
      const statuses = statusesOf(answers);
      expect(statuses[0]).toBe(200);
      expect([403, 409]).toContain(statuses[1]);
      const left = await world.server.sql(
        "select from crm_user where company_id = $1 and 'super_admin' = any (roles)",
        [companyId],
      );
      expect(left).toHaveLength(1);
    }
  });
});
