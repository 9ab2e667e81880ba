import { describe, expect, it } from 'vitest';
import { auditTrail, someEmail } from '../../../test/factories.ts';
import { PASSWORD } from '../../../test/harness.ts';
import {
  accountOf,
  asCustomer,
  choosePassword,
  customerPath,
  customersPath,
  invitationOf,
  mailsTo,
  newCustomer,
  numberOf,
  signedInCustomer,
  signInToSuite,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();

describe('a customer for who is a user of the CRM', () => {
  it('201: the same account, with the password that it has and what it says of the person', async () => {
    const { server, company } = world;
    const user = await company.user('team_member');
    const said = { firstName: 'Grace', lastName: 'Hopper', position: 'Admiral' };
    await company.admin.put(`/v1/user/${user.id}`, said);
    const made = await newCustomer(company, { email: user.email.toUpperCase(), account_type: 'admin' });
    expect(made).toMatchObject({
      email: user.email,
      first_name: 'Grace',
      last_name: 'Hopper',
      position: 'Admiral',
      status: 'invited',
    });
    expect(await accountOf(server, company, numberOf(made))).toBe(user.id);
    expect((await company.admin.get(`/v1/user/${user.id}`)).body).toMatchObject(said);
    expect((await server.signIn(user.email)).status).toBe(200);
    const { status, body } = await signInToSuite(server, company, user.email);
    expect(status).toBe(200);
    expect((await asCustomer(server, body.token).get(customersPath(company))).status).toBe(200);
    expect((await user.get('/v1/users')).status).toBe(200);
    expect((await user.get(customersPath(company))).status).toBe(200);
    expect(await auditTrail(server, user.id)).toContain('customer.create');
  });

  it('201: what the request says of the person counts, in both; what it clears is as what it does not say', async () => {
    const { company } = world;
    const user = await company.user();
    await company.admin.put(`/v1/user/${user.id}`, { firstName: 'Grace', lastName: 'Hopper', position: 'x' });
    const made = await newCustomer(company, { email: user.email, first_name: 'G.', position: null });
    expect(made).toMatchObject({ first_name: 'G.', last_name: 'Hopper', position: 'x' });
    const { body } = await company.admin.get(`/v1/user/${user.id}`);
    expect([body.firstName, body.lastName, body.position]).toEqual(['G.', 'Hopper', 'x']);
  });

  it('the mail reaches it where it is, and greets it by the name that it has', async () => {
    const { company } = world;
    const user = await company.user();
    await company.admin.put(`/v1/user/${user.id}`, { firstName: 'Grace' });
    await newCustomer(company, { email: user.email.toUpperCase() });
    const [mail] = await mailsTo(company, user.email);
    expect(mail.text).toContain('Hello Grace,');
  });

  it('204: without the customer the user is what it was, and has to sign in again', async () => {
    const { server, company } = world;
    const user = await company.user('team_member');
    const made = await newCustomer(company, { email: user.email, first_name: 'Grace' });
    expect((await company.admin.delete(customerPath(company, numberOf(made)))).status).toBe(204);
    expect((await signInToSuite(server, company, user.email)).status).toBe(400);
    const { status, body } = await server.signIn(user.email);
    expect([status, body.id]).toEqual([200, user.id]);
    const asUser = { token: body.token };
    expect((await server.call('GET', '/v1/users', asUser)).status).toBe(200);
    expect((await server.call('GET', customersPath(company), asUser)).status).toBe(403);
    expect((await company.admin.get(`/v1/user/${user.id}`)).body.firstName).toBe('Grace');
  });

  it('204: the account goes with its last face, and its email is free', async () => {
    const { server, company } = world;
    const user = await company.user();
    const made = await newCustomer(company, { email: user.email });
    expect((await company.admin.delete(`/v1/user/${user.id}`)).status).toBe(200);
    const { status, body } = await signInToSuite(server, company, user.email);
    expect(status).toBe(200);
    expect((await asCustomer(server, body.token).get(customersPath(company))).status).toBe(200);
    expect((await server.signIn(user.email)).status).toBe(403);
    expect((await company.admin.delete(customerPath(company, numberOf(made)))).status).toBe(204);
    expect((await server.signIn(user.email)).status).toBe(401);
    expect(await server.sql('select from account where id = $1', [user.id])).toEqual([]);
    expect(await server.sql('select from account_email where email_key = $1', [user.email])).toEqual([]);
    const { company: again, other } = world;
    expect(again.id).not.toBe(other.id);
    expect((await newCustomer(other, { email: user.email })).email).toBe(user.email);
  });
});

it('both faces deleted at once take the account along, and its email is free', async () => {
  const { server, company } = world;
  for (let time = 0; time < 10; time++) {
    const email = someEmail();
    const { body: user } = await company.admin.post('/v1/user', { email, allowSSO: true });
    const made = await newCustomer(company, { email });
    const answers = await Promise.all([
      company.admin.delete(`/v1/user/${user.id}`),
      company.admin.delete(customerPath(company, numberOf(made))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 204]);
    expect(await server.sql('select from account where id = $1', [user.id])).toEqual([]);
    expect((await newCustomer(company, { email })).status).toBe('invited');
  }
});

describe('a user of the CRM for who is a customer', () => {
  it('200: the same account, with the password that it has and no mail', async () => {
    const { server, company } = world;
    const caller = await signedInCustomer(server, company, 'recruiter', {
      first_name: 'Leona',
      last_name: 'Kesä',
    });
    const mails = await mailsTo(company, caller.email);
    expect((await server.signIn(caller.email)).status).toBe(403);
    const { status, body } = await company.admin.post('/v1/user', { email: caller.email, lastName: 'K.' });
    expect([status, body.id, body.firstName, body.lastName]).toEqual([200, caller.id, 'Leona', 'K.']);
    expect((await server.signIn(caller.email)).status).toBe(200);
    const { body: customer } = await caller.get(customerPath(company, caller.number));
    expect([customer.first_name, customer.last_name]).toEqual(['Leona', 'K.']);
    expect(await mailsTo(company, caller.email)).toEqual(mails);
  });

  it('200: one link for an account that has no password yet, which confirms the customer', async () => {
    const { server, company } = world;
    const made = await newCustomer(company);
    const first = await invitationOf(company, made.email);
    const { body: user } = await company.admin.post('/v1/user', { email: made.email });
    const second = await invitationOf(company, made.email);
    expect((await choosePassword(server, first)).status).toBe(404);
    expect((await choosePassword(server, second)).status).toBe(200);
    expect((await signInToSuite(server, company, made.email)).status).toBe(200);
    expect((await server.signIn(made.email)).body.id).toBe(user.id);
    const { body } = await company.admin.get(customerPath(company, numberOf(made)));
    expect([body.status, body.confirmationdate]).toEqual(['confirmed', expect.any(String)]);
  });

  it('409: for an email of a customer of another company, without a word on where', async () => {
    const { company, other } = world;
    const made = await newCustomer(other);
    const { status, body } = await company.admin.post('/v1/user', { email: made.email });
    expect(status).toBe(409);
    expect(body.message).not.toMatch(/compan/);
  });

  it('both at once leave one account', async () => {
    const { server, company } = world;
    for (let time = 0; time < 5; time++) {
      const email = someEmail();
      const [customer, user] = await Promise.all([
        company.admin.post(customersPath(company), { email, account_type: 'recruiter' }),
        company.admin.post('/v1/user', { email, password: PASSWORD }),
      ]);
      expect([customer.status, user.status]).toEqual([201, 200]);
      expect(await accountOf(server, company, numberOf(customer.body))).toBe(user.body.id);
      expect((await signInToSuite(server, company, email)).status).toBe(200);
    }
  });

  it('200: without the user the customer is what it was', async () => {
    const { server, company } = world;
    const caller = await signedInCustomer(server, company, 'recruiter');
    const before = (await company.admin.get(customerPath(company, caller.number))).body;
    const { body: user } = await company.admin.post('/v1/user', { email: caller.email });
    await company.admin.delete(`/v1/user/${user.id}`);
    expect((await company.admin.get(customerPath(company, caller.number))).body).toEqual(before);
    expect((await signInToSuite(server, company, caller.email)).status).toBe(200);
    expect((await server.signIn(caller.email)).status).toBe(403);
  });
});

it('a token of /v1 acts under /api/v3 with the account type, not with the roles', async () => {
  const { company } = world;
  const admin = await company.user('super_admin');
  await newCustomer(company, { email: admin.email, account_type: 'hiring-manager' });
  const sent = { email: someEmail(), account_type: 'hiring-manager' };
  expect((await admin.get(customersPath(company))).status).toBe(200);
  expect((await admin.post(customersPath(company), sent)).status).toBe(400);
  expect((await admin.patch(customerPath(company, 1), { first_name: 'x' })).status).toBe(403);
  expect((await admin.delete(customerPath(company, 1))).status).toBe(403);
  const limited = await company.user('limited');
  await newCustomer(company, { email: limited.email, account_type: 'admin' });
  expect((await limited.post(customersPath(company), sent)).status).toBe(201);
});

it('what an API client did says so in the trail', async () => {
  const { server, company } = world;
  const { body: client } = await company.admin.post('/v1/apiclients', {
    userId: company.admin.id,
    name: 'Sync',
  });
  const { clientId, clientSecret } = client;
  const { body } = await server.call('POST', '/v1/oauth/token', { body: { clientId, clientSecret } });
  const made = await newCustomer(company, {}, asCustomer(server, body.access_token));
  const entries = await server.sql('select actor_id, api_client_id from audit_entry where subject_id = $1', [
    await accountOf(server, company, numberOf(made)),
  ]);
  expect(entries).toEqual([{ actor_id: company.admin.id, api_client_id: clientId.split('.')[1] }]);
});

it('a token of /api/v3 is none under /v1', async () => {
  const { server, company } = world;
  const user = await company.user('super_admin');
  await newCustomer(company, { email: user.email, account_type: 'admin' });
  const { body } = await signInToSuite(server, company, user.email);
  expect((await asCustomer(server, body.token).get('/v1/users')).status).toBe(401);
});
