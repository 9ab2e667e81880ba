import { describe, expect, it, vi } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  newContact,
  newTeam,
  newUser,
  statusesOf,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const user = async () => (await newUser(world.company)).id;
const path = (id: string) => `/v1/user/${id}`;
const remove = (id: string) => world.company.admin.delete(path(id));

describe('DELETE /v1/user/{userid}', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: path(await user()) }));
  keepsCompaniesApart(world, 'DELETE', user, path);

  it('200: gone from every read, with its email and its external ids free again', async () => {
    const { admin } = world.company;
    const integrations = { taleo: { id: 'T 1' } };
    const { id, email } = await newUser(world.company, { integrations });
    const { status, body } = await remove(id);
    expect([status, body]).toEqual([200, { code: 200, message: expect.any(String) }]);
    expect((await admin.get(path(id))).status).toBe(404);
    expect((await admin.get(`/v1/acl/user/${id}`)).status).toBe(404);
    expect((await admin.get('/v1/user/external/taleo/T%201')).status).toBe(404);
    expect((await admin.get('/v1/users')).body.users).not.toContainEqual(expect.objectContaining({ id }));
    expect((await newUser(world.company, { email, integrations })).id).not.toBe(id);
    expect(await auditTrail(world.server, id)).toEqual(['user.create', 'user.delete']);
  });

  it('200: its contacts belong to nobody, count a version on, and are shared with it no more', async () => {
    const { admin } = world.company;
    const leaver = await world.company.user('team_member');
    const assigned = await newContact(admin, { assignedTo: leaver.id, skills: ['"assignedTo":"x",'] });
    const both = await newContact(admin, { assignedTo: leaver.id, sourcedBy: leaver.id });
    const shared = await newContact(admin, {
      confidentiality: { shares: { users: [leaver.id, admin.id] } },
    });
    await remove(leaver.id);
    const read = async ({ id }: { id: string }) => (await admin.get(contactPath(id))).body;
    const { assignedTo: _, ...unassigned } = assigned;
    expect(await read(assigned)).toEqual({ ...unassigned, version: 2, updatedTime: expect.any(String) });
    expect(await read(both)).not.toHaveProperty('assignedTo');
    expect(await read(both)).not.toHaveProperty('sourcedBy');
    expect((await read(shared)).confidentiality.shares.users).toEqual([admin.id]);
  });

  it('200: also out of the contacts that are hidden, deleted or archived', async () => {
    const { admin } = world.company;
    const leaver = await newUser(world.company);
    const [anonymised, archived, deleted] = await Promise.all(
      [1, 2, 3].map(
        async () => (await newContact(admin, { assignedTo: leaver.id, sourcedBy: leaver.id })).id,
      ),
    );
    await admin.post(contactPath(anonymised, '/anonymize'));
    await admin.post(contactPath(archived, '/archive'));
    await admin.delete(contactPath(deleted));
    expect((await remove(leaver.id)).status).toBe(200);
    await admin.post(contactPath(anonymised, '/deanonymize'));
    for (const id of [anonymised, archived]) {
      expect((await admin.get(contactPath(id))).body).not.toHaveProperty('assignedTo');
    }
    expect((await admin.get('/v1/contacts/deleted')).body.ids).toContain(deleted);
  });

  it('200: its membership of teams ends', async () => {
    const leaver = await world.company.user();
    const team = await newTeam(world.company, [leaver]);
    await remove(leaver.id);
    expect((await world.company.admin.get(`/v1/teams/${team.id}`)).body.members).toEqual([]);
  });

  it('200: its tokens end, elsewhere within a second', async () => {
    const sibling = await world.server.sibling();
    const leaver = await world.company.user('team_member');
    const elsewhere = () => sibling.call('GET', '/v1/contacts', { token: leaver.token });
    expect((await elsewhere()).status).toBe(200);
    await remove(leaver.id);
    expect((await leaver.get('/v1/contacts')).status).toBe(401);
    await vi.waitFor(async () => expect((await elsewhere()).status).toBe(401), 1_000);
    expect((await world.server.signIn(leaver.email)).status).toBe(401);
  });

  it('200: while contacts are made and changed for it, none is left with nobody behind it', async () => {
    const { id: companyId, admin } = await world.server.company();
    for (let round = 0; round < 4; round++) {
      const { id } = (
        await admin.post('/v1/user', { email: `leaver${round}@${companyId}.example`, allowSSO: true })
      ).body;
      const its = { assignedTo: id };
      const there = await Promise.all([{}, {}, {}, its, its, its].map((given) => newContact(admin, given)));
      const [gone, ...written] = await Promise.all([
        admin.delete(path(id)),
        ...Array.from({ length: 6 }, () => admin.post('/v1/contact', { fullName: 'New', assignedTo: id })),
        ...there.map((contact) =>
          admin.patch(contactPath(contact.id), { assignedTo: id, fullName: 'Changed' }),
        ),
      ]);
      expect(gone.status).toBe(200);
      for (const { status } of written) expect([200, 400]).toContain(status);
      const dangling = await world.server.sql(
        `select from contact where company_id = $1 and (assigned_to = $2 or sourced_by = $2 or wire::text like '%' || $2::text || '%')`,
        [companyId, id],
      );
      expect(dangling).toEqual([]);
    }
  });

  it('400: an id that no id can be', async () => {
    expect((await remove('x'.repeat(101))).status).toBe(400);
  });

  it('403: for who is no super admin, about itself too', async () => {
    const admin = await world.company.user('admin');
    expect((await admin.delete(path(await user()))).status).toBe(403);
    expect((await admin.delete(path(admin.id))).status).toBe(403);
  });

  it('404: of two at once, one finds it gone', async () => {
    const id = await user();
    expect(statusesOf(await Promise.all([remove(id), remove(id)]))).toEqual([200, 404]);
  });

  it('409: the last super admin', async () => {
    const { admin } = await world.server.company();
    expect((await admin.delete(path(admin.id))).status).toBe(409);
    expect((await admin.get(path(admin.id))).status).toBe(200);
  });

  it('409: of super admins who delete each other at once, one stays', async () => {
    for (let round = 0; round < 3; round++) {
      const { id: companyId, admin, user: signUp } = await world.server.company();
      const second = await signUp('super_admin');
      const answers = await Promise.all([admin.delete(path(second.id)), second.delete(path(admin.id))]);
      const statuses = statusesOf(answers);
      expect(statuses[0]).toBe(200);
      expect([401, 409]).toContain(statuses[1]);
      const left = await world.server.sql(
        "select from crm_user where company_id = $1 and 'super_admin' = any (roles)",
        [companyId],
      );
      expect(left).toHaveLength(1);
    }
  });
});
