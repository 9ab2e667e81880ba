import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, newUser, someEmail, statusesOf } from '../../../test/factories.ts';
import { PASSWORD } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const create = (body: object) => world.company.admin.post('/v1/user', body);
const mailsTo = (email: string) =>
  world.server.sql("select from outbox where topic = 'mail' and payload ->> 'to' = $1", [email]);

describe('POST /v1/user', () => {
  knowsItsCallers(world, 'POST', async () => ({
    path: '/v1/user',
    body: { email: someEmail(), allowSSO: true },
  }));

  it('200: answers the user and where it is; it has the role limited and can sign in', async () => {
    const said = {
      email: someEmail(),
      firstName: 'Theodore',
      lastName: 'Roosevelt',
      position: 'President',
      allowSSO: false,
      fromEmails: [someEmail(), someEmail()],
      integrations: {
        workday: { id: randomUUID(), url: 'https://w.example', skills: [{ id: '1', name: 'A' }] },
      },
    };
    const { status, headers, body } = await create({ ...said, password: PASSWORD });
    expect(status).toBe(200);
    expect(body).toEqual({ ...said, id: expect.any(String) });
    expect(headers.get('location')).toBe(`/v1/user/${body.id}`);
    expect((await world.company.admin.get(`/v1/user/${body.id}`)).body).toEqual(body);
    expect((await world.company.admin.get(`/v1/acl/user/${body.id}`)).body).toEqual(['limited']);
    expect((await world.server.signIn(said.email)).body.id).toBe(body.id);
    expect(await auditTrail(world.server, body.id)).toEqual(['user.create']);
  });

  it('200: nothing kept or answered holds the password', async () => {
    const password = `a secret ${randomUUID()}`;
    const { body } = await create({ email: someEmail(), password });
    expect(JSON.stringify(body)).not.toContain('assword');
    const rows = await world.server.sql(
      'select password_hash from account a where a.id = $1 union all select to_jsonb(e)::text from audit_entry e',
      [body.id],
    );
    expect(JSON.stringify(rows)).not.toContain(password);
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$/);
  });

  it('200: without a password an invitation is mailed, with single sign-on or a password none', async () => {
    const [invited, sso, signsIn] = [someEmail(), someEmail(), someEmail()];
    await create({ email: invited });
    await create({ email: sso, allowSSO: true });
    await create({ email: signsIn, password: PASSWORD });
    expect((await mailsTo(invited)).length).toBe(1);
    expect(await mailsTo(sso)).toEqual([]);
    expect(await mailsTo(signsIn)).toEqual([]);
    expect((await world.server.signIn(sso, PASSWORD)).status).toBe(403);
  });

  it('200: for a customer of the company, whose account gets the CRM face besides', async () => {
    const company = await world.server.company();
    const owner = company.admin;
    const second = await company.user('super_admin');
    expect((await second.delete(`/v1/user/${owner.id}`)).status).toBe(200);
    expect((await world.server.signIn(owner.email)).status).toBe(403);
    expect((await create({ email: owner.email })).status).toBe(409);
    const { status, body } = await second.post('/v1/user', { email: owner.email, firstName: 'Ada' });
    expect([status, body.id, body.firstName]).toEqual([200, owner.id, 'Ada']);
    expect((await world.server.signIn(owner.email)).body.id).toBe(owner.id);
    expect(await mailsTo(owner.email)).toEqual([]);
  });

  it.each([
    ['no email', {}, 'email'],
    ['an email that is none', { email: 'nobody' }, 'email'],
    ['a short password', { password: 'elevenchars' }, 'password'],
    ['a long password', { password: 'x'.repeat(129) }, 'password'],
    ['an allowSSO that is text', { allowSSO: 'true' }, 'allowSSO'],
    ['fromEmails that are none', { fromEmails: ['a@example.org', 'b'] }, 'fromEmails[1]'],
    ['a name that is a number', { firstName: 7 }, 'firstName'],
    ['integrations without their shape', { integrations: { jazz: '1' } }, 'integrations.jazz'],
  ])('400: %s', async (what, wrong, path) => {
    const { status, body } = await create({
      ...(what === 'no email' ? {} : { email: someEmail() }),
      ...wrong,
    });
    expect([status, body.message.split(': ')[0]]).toEqual([400, path]);
  });

  it.each(['admin', 'team_member', 'restricted'] as const)('403: for the role %s', async (role) => {
    const email = someEmail();
    const caller = await world.company.user(role);
    expect((await caller.post('/v1/user', { email })).status).toBe(403);
    expect(await world.server.sql('select from account where email = $1', [email])).toEqual([]);
  });

  it('409: a taken email, whatever its case, told alike wherever it is held', async () => {
    const [here, there] = [await newUser(world.company), await newUser(world.other)];
    const [known, foreign] = [
      await create({ email: here.email.toUpperCase() }),
      await create({ email: there.email }),
    ];
    expect([known.status, foreign.status]).toEqual([409, 409]);
    expect(foreign.body.message).toBe(known.body.message);
  });

  it('409: a taken external id, and nothing is created', async () => {
    const integrations = { greenhouse: { id: randomUUID() } };
    await newUser(world.company, { integrations });
    const email = someEmail();
    expect((await create({ email, integrations })).status).toBe(409);
    expect((await create({ email, password: PASSWORD })).status).toBe(200);
    expect((await world.other.admin.post('/v1/user', { email: someEmail(), integrations })).status).toBe(200);
  });

  it.each([
    ['email', (email: string) => ({ email })],
    ['external id', (id: string) => ({ email: someEmail(), integrations: { jazz: { id } } })],
  ])('409: of several at once with one %s, one is created', async (_what, body) => {
    const shared = someEmail();
    const answers = await Promise.all([1, 2, 3].map(() => create({ ...body(shared), allowSSO: true })));
    expect(statusesOf(answers)).toEqual([200, 409, 409]);
  });

  it('409: of two companies that want one email at once, one gets it', async () => {
    const body = { email: someEmail(), allowSSO: true };
    const answers = await Promise.all(
      [world.company, world.other].map(({ admin }) => admin.post('/v1/user', body)),
    );
    expect(statusesOf(answers)).toEqual([200, 409]);
  });
});
