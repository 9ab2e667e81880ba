import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { auditTrail, essence, someEmail } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import {
  accountOf,
  asCustomer,
  choosePassword,
  customerOfType,
  customerPath,
  customersPath,
  invitationOf,
  keepsSuitesApart,
  knowsItsCustomers,
  mailsTo,
  newCustomer,
  numberOf,
  sendForm,
  signedInCustomer,
  signInToSuite,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';
import { ACCOUNT_TYPES, typesBelow } from '../account-types.ts';

type Body = Answer['body'];

const world = twoCompanies();
const pathOf = (customer: Body) => customerPath(world.company, numberOf(customer));
const read = async (customer: Body): Promise<Body> => (await world.company.admin.get(pathOf(customer))).body;
const change = (customer: Body, body: unknown) => world.company.admin.patch(pathOf(customer), body);
const trailOf = async (customer: Body) =>
  auditTrail(world.server, await accountOf(world.server, world.company, numberOf(customer)));

const refused = ({ status, body }: Answer, ...fields: string[]) => {
  expect([status, Object.keys(body).sort()]).toEqual([400, fields.toSorted()]);
  for (const sentences of Object.values(body)) {
    expect(sentences).toEqual(expect.arrayContaining([expect.any(String)]));
  }
};

describe('PATCH /api/v3/companies/{companyId}/customers/{customerId}/', () => {
  knowsItsCustomers(
    world,
    'PATCH',
    async () => ({ path: pathOf(await newCustomer(world.company)), body: { first_name: 'Jane' } }),
    { success: 202 },
  );
  keepsSuitesApart(world, 'PATCH', customerPath, { body: { first_name: 'Mallory' } });

  it('202: what the body names, and nothing else', async () => {
    const made = await newCustomer(world.company, { first_name: 'John', last_name: 'Smith', phone: '1' });
    const fields = {
      first_name: 'Jane',
      gender: 'mrs',
      position: 'Queen',
      role: 'interviewer',
      preferred_language: 'de',
      receive_interview_notifications: false,
      seen_welcome: true,
      account_type: 'hiring-manager',
      email: someEmail(),
    };
    for (const [name, value] of Object.entries(fields)) {
      const before = await read(made);
      const { status, body } = await change(made, { [name]: value });
      const { activation_key, ...rest } = { ...before, [name]: value };
      expect([name, status, body]).toEqual([
        name,
        202,
        {
          ...rest,
          activation_key: name === 'email' ? expect.not.stringMatching(activation_key) : activation_key,
        },
      ]);
      expect(await read(made)).toEqual(body);
    }
  });

  it('202: null and blanks clear', async () => {
    const full = {
      first_name: 'John',
      last_name: 'Smith',
      position: 'King',
      phone: '1',
      gender: 'mr',
      role: 'x',
      preferred_language: 'de',
      receive_interview_notifications: false,
      seen_welcome: true,
    };
    const empty = {
      first_name: '',
      last_name: '',
      position: null,
      phone: '',
      gender: '',
      role: '',
      preferred_language: 'en',
      receive_interview_notifications: true,
      seen_welcome: false,
    };
    const nulls = Object.fromEntries(Object.keys(full).map((name) => [name, null]));
    const made = await newCustomer(world.company, full);
    expect((await change(made, nulls)).body).toMatchObject(empty);
    const texts = Object.keys(full).filter((name) => typeof full[name as 'role'] === 'string');
    const other = await newCustomer(world.company, full);
    const blanked = await change(other, Object.fromEntries(texts.map((name) => [name, ' '])));
    expect(blanked.body).toMatchObject({
      ...empty,
      receive_interview_notifications: false,
      seen_welcome: true,
    });
  });

  it('202: sent back as it was answered, to the letter, changes nothing and leaves no trace', async () => {
    const { server, company } = world;
    const caller = await signedInCustomer(server, company, 'admin', { first_name: 'Me', position: 'x' });
    const made = await newCustomer(company, { last_name: 'Kesä', preferred_language: 'de', photo: DOT });
    const confirmed = await signedInCustomer(server, company, 'recruiter');
    const gone = await newCustomer(company, { email: `${'x'.repeat(200)}.${someEmail()}` });
    await change(gone, { is_active: false });
    for (const number of [caller.number, numberOf(made), confirmed.number, numberOf(gone)]) {
      const path = customerPath(company, number);
      const before = (await caller.get(path)).body;
      const trail = await trailOf(before);
      const mails = await mailsTo(company, before.email);
      const { status, headers, body } = await caller.patch(path, before);
      expect([status, body]).toEqual([202, before]);
      expect(headers.get('x-ignored-fields')).toBeNull();
      expect((await caller.get(path)).body).toEqual(before);
      expect(await trailOf(before)).toEqual(trail);
      expect(await mailsTo(company, before.email)).toEqual(mails);
    }
    expect((await caller.get(customersPath(company))).status).toBe(200);
  });

  it('202: nothing at all changes nothing', async () => {
    const made = await newCustomer(world.company);
    const { status, body } = await change(made, {});
    expect([status, body]).toEqual([202, made]);
    expect(await trailOf(made)).toEqual(['customer.create']);
  });

  it('202: read-only fields are ignored without a word, unknown ones are named', async () => {
    const made = await newCustomer(world.company);
    const { status, headers, body } = await change(made, {
      status: 'confirmed',
      confirmationdate: '2015-09-29T07:18:00Z',
      invitationdate: null,
      created_by: null,
      activation_key: '',
      company: 'http://elsewhere.test/',
      user: 7,
      resource_uri: null,
      projects: ['x'],
      password: 'correct horse battery staple',
      zodiac: { is: 'cancer' },
    });
    expect([status, headers.get('x-ignored-fields')]).toEqual([202, 'password, zodiac']);
    expect(body).toEqual(made);
    expect(await trailOf(made)).toEqual(['customer.create']);
  });

  it('leaves a trail that names fields and no values', async () => {
    const made = await newCustomer(world.company);
    await change(made, { first_name: 'Secret', photo: DOT });
    await change(made, { photo: '' });
    const id = await accountOf(world.server, world.company, numberOf(made));
    const entries = await world.server.sql(
      `select actor_id, action, fields, a::text as row from audit_entry a where subject_id = $1 order by at, id`,
      [id],
    );
    const [, update, removal] = entries;
    expect(update).toMatchObject({ actor_id: world.company.admin.id, action: 'customer.update' });
    expect(update!.fields.toSorted()).toEqual(['first_name', 'photo']);
    expect(removal!.fields).toEqual(['photo']);
    expect(entries.map(({ row }) => row).join()).not.toContain('Secret');
  });

  it('202: the account of a user of the CRM is the same person there', async () => {
    const { company } = world;
    const user = await company.user();
    const made = await newCustomer(company, { email: user.email });
    await change(made, { first_name: 'Grace', last_name: 'Hopper', position: 'Admiral' });
    expect((await company.admin.get(`/v1/user/${user.id}`)).body).toMatchObject({
      firstName: 'Grace',
      lastName: 'Hopper',
      position: 'Admiral',
    });
    expect((await user.get('/v1/users')).status).toBe(200);
  });
});

describe('what is wrong in a change', () => {
  it('400: every field that is of the wrong type, at once, and nothing happens', async () => {
    const made = await newCustomer(world.company);
    const fields = {
      email: null,
      account_type: 'boss',
      username: 5,
      first_name: 5,
      last_name: {},
      position: true,
      phone: 4930,
      gender: [],
      role: 1,
      preferred_language: 7,
      receive_interview_notifications: 'yes',
      seen_welcome: 2,
      is_active: null,
      photo: 5,
    };
    refused(await change(made, fields), ...Object.keys(fields));
    expect(await read(made)).toEqual(made);
  });

  it('400: another username, whatever it is', async () => {
    const made = await newCustomer(world.company, { username: 'Stays' });
    const { username } = await newCustomer(world.company);
    for (const other of ['stays', 'STAYS', 'Stays too', username, '', ' ', null]) {
      refused(await change(made, { username: other, first_name: 'x' }), 'username');
    }
    expect(await read(made)).toEqual(made);
    expect((await change(made, { username: 'Stays', first_name: 'x' })).status).toBe(202);
  });

  it('400: several of them that only the stored record shows, at once', async () => {
    const { server, company } = world;
    const taken = await newCustomer(company);
    const made = await newCustomer(company, { account_type: 'hiring-manager' });
    const caller = await signedInCustomer(server, company, 'recruiter');
    const answer = await caller.patch(pathOf(made), {
      username: 'x',
      email: taken.email,
      account_type: 'admin',
      photo: 'data:image/png;base64,AAAA',
    });
    refused(answer, 'username', 'email', 'account_type', 'photo');
    expect(await read(made)).toEqual(made);
  });

  it('400: no JSON, no body, no object', async () => {
    const made = await newCustomer(world.company);
    for (const body of ['{', '[]', '5', 'null', undefined]) {
      expect(essence(await change(made, body))).toEqual({
        status: 400,
        body: { detail: expect.any(String) },
      });
    }
  });

  it('400: text that cannot be kept', async () => {
    const made = await newCustomer(world.company);
    refused(await change(made, { first_name: 'a\0b' }), 'first_name');
  });
});

describe('whom a customer may change', () => {
  for (const type of ACCOUNT_TYPES) {
    it(`${type}: those below it, and itself`, async () => {
      const { server, company } = world;
      const caller = await signedInCustomer(server, company, type);
      for (const other of ACCOUNT_TYPES) {
        const path = pathOf(await customerOfType(server, company, other));
        const before = essence(await company.admin.get(path));
        for (const body of [{ first_name: 'Changed' }, { is_active: true }, {}]) {
          const answer = await caller.patch(path, body);
          if (typesBelow(type).includes(other)) expect([other, answer.status]).toEqual([other, 202]);
          else expect(essence(answer)).toEqual({ status: 403, body: { detail: expect.any(String) } });
        }
        const now = essence(await company.admin.get(path));
        if (!typesBelow(type).includes(other)) expect(now).toEqual(before);
      }
      const own = customerPath(company, caller.number);
      const { status, body } = await caller.patch(own, {
        first_name: 'Myself',
        phone: '1',
        seen_welcome: true,
        account_type: type,
        is_active: true,
      });
      expect([status, body.first_name, body.seen_welcome]).toEqual([202, 'Myself', true]);
    });

    it(`403: ${type}, its own type and activity`, async () => {
      const { server, company } = world;
      const caller = await signedInCustomer(server, company, type);
      const own = customerPath(company, caller.number);
      const before = (await caller.get(own)).body;
      for (const other of ACCOUNT_TYPES.filter((one) => one !== type)) {
        expect((await caller.patch(own, { account_type: other, first_name: 'x' })).status).toBe(403);
      }
      expect((await caller.patch(own, { is_active: false })).status).toBe(403);
      expect((await caller.get(own)).body).toEqual(before);
    });

    it(`${type}: raises and lowers others to what is below it`, async () => {
      const { server, company } = world;
      const caller = await signedInCustomer(server, company, type);
      const below = typesBelow(type);
      for (const from of below) {
        for (const to of ACCOUNT_TYPES) {
          const made = await newCustomer(company, { account_type: from });
          const answer = await caller.patch(pathOf(made), { account_type: to });
          if (below.includes(to)) expect([answer.status, answer.body.account_type]).toEqual([202, to]);
          else refused(answer, 'account_type');
        }
      }
    });
  }

  it('what someone was raised or lowered to counts at once, and within a second on another server', async () => {
    const { server, company } = world;
    const sibling = await server.sibling();
    const caller = await signedInCustomer(server, company, 'hiring-manager');
    const elsewhere = asCustomer(sibling, caller.token);
    const create = (by: { post: typeof caller.post }) =>
      by.post(customersPath(company), { email: someEmail(), account_type: 'hiring-manager' });
    expect([(await create(caller)).status, (await create(elsewhere)).status]).toEqual([400, 400]);
    await company.admin.patch(customerPath(company, caller.number), { account_type: 'admin' });
    expect((await create(caller)).status).toBe(201);
    await expect.poll(async () => (await create(elsewhere)).status, { timeout: 1_000 }).toBe(201);
    await company.admin.patch(customerPath(company, caller.number), { account_type: 'hiring-manager' });
    expect((await create(caller)).status).toBe(400);
    await expect.poll(async () => (await create(elsewhere)).status, { timeout: 1_000 }).toBe(400);
  });
});

describe('another email', () => {
  it('202: signs in by it, and no more by the old one, which is free', async () => {
    const { server, company } = world;
    const caller = await signedInCustomer(server, company, 'recruiter', { username: 'Moves house' });
    const email = `New.${someEmail()}`;
    const mails = (await mailsTo(company, caller.email)).length;
    await caller.patch(customerPath(company, caller.number), { email });
    expect((await signInToSuite(server, company, email.toLowerCase())).status).toBe(200);
    expect((await signInToSuite(server, company, caller.email)).status).toBe(400);
    expect((await signInToSuite(server, company, 'Moves house')).status).toBe(200);
    expect((await caller.get(customerPath(company, caller.number))).body).toMatchObject({
      email,
      username: 'Moves house',
      status: 'confirmed',
    });
    expect(await mailsTo(company, caller.email)).toHaveLength(mails);
    expect(await mailsTo(company, email)).toEqual([]);
    expect((await newCustomer(company, { email: caller.email })).email).toBe(caller.email);
  });

  it('202: in another case', async () => {
    const made = await newCustomer(world.company);
    const email = made.email.toUpperCase();
    expect((await change(made, { email })).body.email).toBe(email);
    expect((await read(made)).email).toBe(email);
  });

  it('400: one that an account of the company has; 409: one of another company', async () => {
    const { company, other } = world;
    const made = await newCustomer(company);
    const taken = await newCustomer(company);
    const user = await company.user();
    for (const email of [taken.email, taken.email.toUpperCase(), user.email]) {
      refused(await change(made, { email }), 'email');
    }
    const foreign = await newCustomer(other);
    for (const email of [foreign.email, foreign.email.toUpperCase(), other.admin.email]) {
      const answer = await change(made, { email });
      expect(essence(answer)).toEqual({ status: 409, body: { detail: expect.any(String) } });
      expect(JSON.stringify(answer.body)).not.toMatch(new RegExp(`compan|${other.identifier}`));
    }
    expect(await read(made)).toEqual(made);
  });

  it('an invited one gets a new link there; the one that went to the old address is dead', async () => {
    const { server, company } = world;
    const made = await newCustomer(company, { preferred_language: 'de', first_name: 'Jörg' });
    const old = await invitationOf(company, made.email);
    const email = someEmail();
    const { body } = await change(made, { email });
    expect(body.status).toBe('invited');
    expect(body.activation_key).not.toBe(made.activation_key);
    expect((await choosePassword(server, old)).status).toBe(404);
    const [mail] = await mailsTo(company, email);
    expect(mail.text).toContain('Guten Tag Jörg');
    expect((await choosePassword(server, await invitationOf(company, email))).status).toBe(200);
    expect((await signInToSuite(server, company, email)).status).toBe(200);
    expect((await read(made)).status).toBe('confirmed');
  });

  it('the link that went to the old address is dead also where the change came while deactivated', async () => {
    const { server, company } = world;
    const one = await newCustomer(company);
    const two = await newCustomer(company);
    const links = [await invitationOf(company, one.email), await invitationOf(company, two.email)];
    await change(one, { is_active: false });
    await change(one, { email: someEmail() });
    await change(one, { is_active: true });
    await change(two, { email: someEmail(), is_active: false });
    await change(two, { is_active: true });
    for (const link of links) expect((await choosePassword(server, link)).status).toBe(404);
  });

  it('one of ten that want one email has it', async () => {
    const customers = await Promise.all(Array.from({ length: 10 }, () => newCustomer(world.company)));
    const email = someEmail();
    const statuses = await atOnce(10, (each) => change(customers[each], { email }));
    expect(statuses).toEqual([202, ...Array(9).fill(400)]);
  });
});

describe('is_active', () => {
  it('false: deactivated, signed out everywhere; true: back, with a password that still works', async () => {
    const { server, company } = world;
    const caller = await signedInCustomer(server, company, 'recruiter');
    const path = customerPath(company, caller.number);
    const before = (await company.admin.get(path)).body;
    const gone = await company.admin.patch(path, { is_active: false });
    expect(gone.body).toEqual({ ...before, is_active: false, status: 'deactivated' });
    expect((await caller.get(path)).status).toBe(401);
    expect((await signInToSuite(server, company, caller.email)).status).toBe(400);
    const back = await company.admin.patch(path, { is_active: true });
    expect(back.body).toEqual(before);
    expect((await caller.get(path)).status).toBe(401);
    const { body } = await signInToSuite(server, company, caller.email);
    expect((await asCustomer(server, body.token).get(path)).status).toBe(200);
    expect(await trailOf(before)).toEqual([
      'customer.create',
      'user.accept-invitation',
      'customer.update',
      'customer.update',
    ]);
  });

  it('false, for who is invited: the link is dead until it is true again', async () => {
    const { server, company } = world;
    const made = await newCustomer(company);
    const link = await invitationOf(company, made.email);
    expect((await change(made, { is_active: false })).body).toMatchObject({
      is_active: false,
      status: 'deactivated',
    });
    expect((await choosePassword(server, link)).status).toBe(404);
    expect((await change(made, { is_active: true })).body).toMatchObject({
      is_active: true,
      status: 'invited',
    });
    expect((await choosePassword(server, link)).status).toBe(200);
    expect((await read(made)).status).toBe('confirmed');
  });

  it('ends the tokens of /v1 too: it is one account', async () => {
    const { company } = world;
    const user = await company.user('admin');
    const made = await newCustomer(company, { email: user.email, account_type: 'admin' });
    expect((await user.get(customersPath(company))).status).toBe(200);
    await change(made, { is_active: false });
    expect((await user.get('/v1/users')).status).toBe(401);
    expect((await user.get(customersPath(company))).status).toBe(401);
  });

  it('of ten at once that deactivate and bring back, one is the last, and each is a whole change', async () => {
    const made = await newCustomer(world.company);
    const statuses = await atOnce(10, (each) => change(made, { is_active: each % 2 === 0 }));
    expect(statuses).toEqual(Array(10).fill(202));
    const { is_active, status } = await read(made);
    expect(status).toBe(is_active ? 'invited' : 'deactivated');
  });
});

it('202: a form changes what it names', async () => {
  const { server, company } = world;
  const made = await newCustomer(company, { first_name: 'Luke' });
  const { token } = await signedInCustomer(server, company, 'owner');
  const { status, body } = await sendForm(server, 'PATCH', pathOf(made), token, [
    ['last_name', 'Skywalker'],
    ['is_active', 'False'],
    ['position', ''],
  ]);
  expect([status, body]).toEqual([
    202,
    {
      ...made,
      last_name: 'Skywalker',
      is_active: false,
      status: 'deactivated',
      activation_key: body.activation_key,
    },
  ]);
});

/** The published example's picture. */
const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAABGdBTUEAALGPC/xhBQAAAAlwSFlzAAALEwAACxMBAJqcGAAAAAd0SU1FB9YGARc5KB0XV+IAAAAddEVYdENvbW1lbnQAQ3JlYXRlZCB3aXRoIFRoZSBHSU1Q72QlbgAAAF1JREFUGNO9zL0NglAAxPEfdLTs4BZM4DIO4C7OwQg2JoQ9LE1exdlYvBBeZ7jqch9//q1uH4TLzw4d6+ErXMMcXuHWxId3KOETnnXXV6MJpcq2MLaI97CER3N0vr4MkhoXe0rZigAAAABJRU5ErkJggg==';
