import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, newUser, someEmail, statusesOf } from '../../../test/factories.ts';
import { PASSWORD } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const user = async (more: object = {}) => (await newUser(world.company, more)).id;
const path = (id: string) => `/v1/user/${id}`;
const put = (id: string, change: unknown) => world.company.admin.put(path(id), change);

describe('PUT /v1/user/{userid}', () => {
  knowsItsCallers(world, 'PUT', async () => ({ path: path(await user()), body: {} }));
  keepsCompaniesApart(world, 'PUT', user, path, { body: { firstName: 'Mallory' } });

  it('200: changes what it names, clears what is null, leaves the rest', async () => {
    const before = await newUser(world.company, {
      firstName: 'Theodore',
      lastName: 'Roosevelt',
      position: 'President',
      fromEmails: [someEmail()],
      integrations: { jazz: { id: randomUUID() } },
    });
    const { status, body } = await put(before.id, { lastName: 'R.', position: null });
    const { position: _, ...rest } = before;
    expect([status, body]).toEqual([200, { ...rest, lastName: 'R.' }]);
    expect((await world.company.admin.get(path(before.id))).body).toEqual(body);
    expect(await auditTrail(world.server, before.id)).toEqual(['user.create', 'user.update']);
  });

  it('200: what it answered can be sent back', async () => {
    const before = await newUser(world.company, { integrations: { taleo: { id: randomUUID() } } });
    const { status, headers, body } = await put(before.id, before);
    expect([status, headers.get('x-ignored-fields'), body]).toEqual([200, null, before]);
  });

  it('200: two at once both count', async () => {
    const id = await user();
    const answers = await Promise.all([put(id, { firstName: 'Ada' }), put(id, { lastName: 'King' })]);
    expect(statusesOf(answers)).toEqual([200, 200]);
    expect((await world.company.admin.get(path(id))).body).toMatchObject({
      firstName: 'Ada',
      lastName: 'King',
    });
  });

  it('200: signs in by the new email, no more by the old, which is free again', async () => {
    const { id, email } = await world.company.user();
    const moved = someEmail();
    expect((await put(id, { email: moved })).status).toBe(200);
    expect((await world.server.signIn(moved)).body.id).toBe(id);
    expect((await world.server.signIn(email)).status).toBe(401);
    await newUser(world.other, { email });
  });

  it('200: an email in another case is still its own', async () => {
    const before = await newUser(world.company);
    const { status, body } = await put(before.id, { email: before.email.toUpperCase() });
    expect([status, body.email]).toEqual([200, before.email.toUpperCase()]);
  });

  it('200: integrations are replaced whole, and those that go are free again', async () => {
    const jazz = { id: randomUUID() };
    const id = await user({ integrations: { jazz } });
    const taleo = { id: randomUUID() };
    expect((await put(id, { integrations: { taleo } })).body.integrations).toEqual({ taleo });
    expect((await newUser(world.company, { integrations: { jazz } })).integrations).toEqual({ jazz });
    expect((await put(id, { integrations: null })).body.integrations).toEqual({});
  });

  it('200: a new password ends every token of the user, elsewhere within a second', async () => {
    const sibling = await world.server.sibling();
    const signedIn = await world.company.user('team_member');
    const elsewhere = () => sibling.call('GET', '/v1/users', { token: signedIn.token });
    expect((await elsewhere()).status).toBe(200);
    const password = 'another horse, another battery';
    expect((await put(signedIn.id, { password })).body).not.toHaveProperty('password');
    expect((await signedIn.get('/v1/users')).status).toBe(401);
    await vi.waitFor(async () => expect((await elsewhere()).status).toBe(401), 1_000);
    expect((await world.server.signIn(signedIn.email, PASSWORD)).status).toBe(401);
    const { token } = (await world.server.signIn(signedIn.email, password)).body;
    expect((await sibling.call('GET', '/v1/users', { token })).status).toBe(200);
  });

  it('400: whatever does not fit, and nothing is changed', async () => {
    const before = await newUser(world.company);
    const cases: [object, string][] = [
      [{ email: 'nobody' }, 'email'],
      [{ email: null }, 'email'],
      [{ password: 'too short' }, 'password'],
      [{ allowSSO: 1 }, 'allowSSO'],
      [{ fromEmails: 'a@example.org' }, 'fromEmails'],
      [{ integrations: { workday: { id: 7 } } }, 'integrations.workday.id'],
    ];
    for (const [change, at] of cases) {
      const { status, body } = await put(before.id, { firstName: 'Changed', ...change });
      expect([status, body.message.split(': ')[0]]).toEqual([400, at]);
    }
    expect((await world.company.admin.get(path(before.id))).body).toEqual(before);
  });

  it('403: for who is no super admin, about itself too', async () => {
    const admin = await world.company.user('admin');
    expect((await admin.put(path(await user()), { firstName: 'X' })).status).toBe(403);
    expect((await admin.put(path(admin.id), { firstName: 'X' })).status).toBe(403);
  });

  it('404: another user, for the role restricted', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.put(path(await user()), { firstName: 'X' })).status).toBe(404);
  });

  it('409: a taken email, told alike wherever it is held', async () => {
    const [id, here, there] = [await user(), await newUser(world.company), await newUser(world.other)];
    const [known, foreign] = [await put(id, { email: here.email }), await put(id, { email: there.email })];
    expect([known.status, foreign.status]).toEqual([409, 409]);
    expect(foreign.body.message).toBe(known.body.message);
  });

  it('409: a taken external id, and nothing is changed', async () => {
    const integrations = { workday: { id: randomUUID() } };
    await user({ integrations });
    const before = await newUser(world.company);
    expect((await put(before.id, { firstName: 'X', integrations })).status).toBe(409);
    expect((await world.company.admin.get(path(before.id))).body).toEqual(before);
  });

  it.each([
    ['email', () => ({ email: someEmail() })],
    ['external id', () => ({ integrations: { jazz: { id: randomUUID() } } })],
  ])('409: of two that want one %s at once, one gets it', async (_what, wanted) => {
    const [change, ids] = [wanted(), [await user(), await user()]];
    expect(statusesOf(await Promise.all(ids.map((id) => put(id, change))))).toEqual([200, 409]);
  });
});
