import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { auditTrail, essence, someEmail } from '../../../test/factories.ts';
import { type Answer, serverForThisTest } from '../../../test/harness.ts';
import {
  accountOf,
  asCustomer,
  customersPath,
  followed,
  invitationOf,
  keepsSuitesApart,
  knowsItsCustomers,
  mailsTo,
  newCustomer,
  numberOf,
  ownerOf,
  sendForm,
  signedInCustomer,
  signInToSuite,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';
import { ACCOUNT_TYPES, typesBelow } from '../account-types.ts';

const world = twoCompanies();
const path = () => customersPath(world.company);
const create = (body: unknown, headers: Record<string, string> = {}) =>
  world.company.admin.post(path(), body, headers);
const someone = (more: object = {}) => ({ email: someEmail(), account_type: 'recruiter', ...more });
const total = async (company = world.company): Promise<number> =>
  (await company.admin.get(customersPath(company, '?limit=0'))).body.meta.total_count;

const refused = ({ status, body }: Answer, ...fields: string[]) => {
  expect([status, Object.keys(body).sort()]).toEqual([400, fields.toSorted()]);
  for (const sentences of Object.values(body)) {
    expect(sentences).toEqual(expect.arrayContaining([expect.any(String)]));
  }
};

describe('POST /api/v3/companies/{companyId}/customers/', () => {
  knowsItsCustomers(world, 'POST', async () => ({ path: path(), body: someone() }), { success: 201 });
  keepsSuitesApart(world, 'POST', (company) => customersPath(company), { body: someone(), record: false });

  it('201: the customer as it was sent, invited, with its address', async () => {
    const { server, company } = world;
    const owner = await ownerOf(server, company);
    const sent = {
      email: someEmail(),
      account_type: 'admin',
      username: 'jsmith1234',
      first_name: 'Leona',
      last_name: 'Kesä',
      gender: 'mrs',
      position: 'Head of 人事',
      phone: '+49 30 1234567',
      role: 'interviewer',
      preferred_language: 'de',
      receive_interview_notifications: false,
      seen_welcome: true,
    };
    const before = Date.now();
    const { status, headers, body } = await owner.post(path(), sent);
    const uri = `http://headwater.test${path()}${numberOf(body)}/`;
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(uri);
    expect(headers.get('x-ignored-fields')).toBeNull();
    expect(body).toEqual({
      ...sent,
      resource_uri: uri,
      company: `http://headwater.test/api/v3/companies/${company.id}/`,
      user: `http://headwater.test/api/v3/customusers/${numberOf(body)}/`,
      status: 'invited',
      is_active: true,
      photo: '',
      invitationdate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      confirmationdate: null,
      created_by: 'http://headwater.test/api/v3/customusers/1/',
      projects: `${uri}projects/`,
      activation_key: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(Math.abs(Date.parse(body.invitationdate) - before)).toBeLessThan(60_000);
    expect((await owner.get(followed(uri))).body).toEqual(body);
    expect((await company.admin.get(followed(body.created_by))).body.customer).toBe(
      `http://headwater.test${path()}1/`,
    );
  });

  it('201: with an email and a type alone', async () => {
    const { email } = someone();
    const { body } = await create({ email, account_type: 'hiring-manager' });
    expect(body).toMatchObject({
      email,
      username: email,
      account_type: 'hiring-manager',
      first_name: '',
      last_name: '',
      gender: '',
      position: null,
      phone: '',
      role: '',
      preferred_language: 'en',
      receive_interview_notifications: true,
      seen_welcome: false,
    });
  });

  it('201: numbers go up and are not given twice, whoever was deleted', async () => {
    const company = await world.server.company();
    const first = await newCustomer(company);
    expect(numberOf(first)).toBe(2);
    await company.admin.delete(followed(first.resource_uri));
    expect(numberOf(await newCustomer(company))).toBe(3);
    const refusedOne = await company.admin.post(
      customersPath(company),
      someone({ email: company.admin.email }),
    );
    expect(refusedOne.status).toBe(400);
    expect(numberOf(await newCustomer(company))).toBe(4);
  });

  it('201: what is cleared or blank is as what was not sent', async () => {
    const { body } = await create(
      someone({
        first_name: null,
        last_name: '   ',
        position: '',
        phone: null,
        gender: null,
        role: null,
        preferred_language: null,
        receive_interview_notifications: null,
        seen_welcome: null,
        photo: null,
      }),
    );
    expect(body).toMatchObject({
      first_name: '',
      last_name: '',
      position: null,
      phone: '',
      gender: '',
      role: '',
      preferred_language: 'en',
      receive_interview_notifications: true,
      seen_welcome: false,
      photo: '',
    });
    expect((await create(someone({ photo: '' }))).body.photo).toBe('');
  });

  it('201: names without the blanks around them', async () => {
    const email = someEmail();
    const { body } = await create(
      someone({ email, username: '  Zoro 0923 ', first_name: ' Roronoa ', position: ' Swordsman' }),
    );
    expect(body).toMatchObject({ username: 'Zoro 0923', first_name: 'Roronoa', position: 'Swordsman' });
    expect((await create(someone({ username: '   ' }))).body.username).toMatch(/@example\.org$/);
  });

  it('201: what the server decides is ignored without a word, what nobody knows is named', async () => {
    const { status, headers, body } = await create(
      someone({
        resource_uri: 'http://elsewhere.test/1/',
        company: 'http://elsewhere.test/',
        user: 5,
        status: 'confirmed',
        is_active: false,
        confirmationdate: '2015-09-29T07:18:00Z',
        invitationdate: null,
        activation_key: 'x',
        created_by: null,
        projects: [],
        zodiac: 'cancer',
        password: 'correct horse battery staple',
        id: 7,
      }),
    );
    expect(status).toBe(201);
    expect(headers.get('x-ignored-fields')).toBe('zodiac, password, id');
    expect(body).toMatchObject({
      status: 'invited',
      is_active: true,
      confirmationdate: null,
      company: `http://headwater.test/api/v3/companies/${world.company.id}/`,
      created_by: expect.stringContaining('/customusers/1/'),
    });
    expect(body).not.toHaveProperty('password');
    expect((await signInToSuite(world.server, world.company, body.email)).status).toBe(400);
  });

  it('400: with HEADWATER_STRICT, an unknown field and the nearest known', async () => {
    const server = await serverForThisTest({ strict: true });
    const company = await server.company();
    const { status, body } = await company.admin.post(customersPath(company), someone({ frist_name: 'x' }));
    expect([status, body]).toEqual([400, { frist_name: [expect.stringContaining('first_name')] }]);
  });

  it('leaves a trail', async () => {
    const made = await newCustomer(world.company, { first_name: 'Ada' });
    const id = await accountOf(world.server, world.company, numberOf(made));
    expect(await auditTrail(world.server, id)).toEqual(['customer.create']);
    const [entry] = await world.server.sql('select * from audit_entry where subject_id = $1', [id]);
    expect(entry).toMatchObject({
      company_id: world.company.id,
      actor_id: world.company.admin.id,
      subject_kind: 'customer',
      fields: expect.arrayContaining(['email', 'account_type', 'first_name']),
    });
    expect(JSON.stringify(entry)).not.toContain('Ada');
  });
});

describe('what is wrong in a new customer', () => {
  it('400: all that is missing', async () => {
    const { status, body } = await create({});
    expect([status, body]).toEqual([
      400,
      { email: ['This field is required.'], account_type: ['This field is required.'] },
    ]);
  });

  it('400: every field that is of the wrong type, at once, under its name', async () => {
    const before = await total();
    const fields = {
      email: 5,
      account_type: 5,
      username: {},
      first_name: 5,
      last_name: [],
      position: true,
      phone: 4930,
      gender: { value: 'mr' },
      role: 1,
      preferred_language: false,
      receive_interview_notifications: 'yes',
      seen_welcome: 2,
      photo: 5,
    };
    refused(await create(fields), ...Object.keys(fields));
    expect(await total()).toBe(before);
  });

  it('400: every field that is too long, at once', async () => {
    const fields = {
      email: `${'x'.repeat(250)}@example.org`,
      username: 'x'.repeat(255),
      first_name: 'x'.repeat(201),
      last_name: 'x'.repeat(201),
      position: 'x'.repeat(201),
      phone: '5'.repeat(51),
      gender: 'x'.repeat(51),
      role: 'x'.repeat(201),
      preferred_language: 'x'.repeat(21),
    };
    refused(await create({ ...fields, account_type: 'boss' }), ...Object.keys(fields), 'account_type');
    const longest = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, value.slice(0, -1)]),
    );
    expect((await create({ ...longest, email: someEmail(), account_type: 'recruiter' })).status).toBe(201);
  });

  it.each([['zoe'], [''], ['a@b@c.de'], ['a b@example.org'], ['@example.org'], ['a@'], [null], [['a@b.de']]])(
    '400: an email of %j',
    async (email) => {
      refused(await create(someone({ email })), 'email');
    },
  );

  it.each([['Owner'], ['boss'], [''], [null], ['hiring_manager']])(
    '400: an account type of %j',
    async (account_type) => {
      refused(await create(someone({ account_type })), 'account_type');
    },
  );

  it.each([['first_name'], ['username'], ['email'], ['preferred_language']])(
    '400: text that cannot be kept, in %s',
    async (name) => {
      for (const value of ['a\0b', '\ud800', 'x\udc00y']) {
        const body = JSON.stringify(someone({ [name]: 'PLACE' })).replace(
          'PLACE',
          JSON.stringify(value).slice(1, -1),
        );
        refused(await create(body), name);
      }
    },
  );

  it('400: both names taken and a photo that is none, at once', async () => {
    const { email, username } = await newCustomer(world.company, { username: 'Taken already' });
    refused(
      await create(someone({ email, account_type: 'owner', photo: 'data:text/plain;base64,AAAA' })),
      'email',
      'account_type',
      'photo',
    );
    refused(await create(someone({ username, photo: 'nothing' })), 'username', 'photo');
    refused(await create(someone({ username, email })), 'username', 'email');
  });

  it('400: no JSON, no body, no object', async () => {
    const detail = { status: 400, body: { detail: expect.any(String) } };
    for (const body of ['{', '[]', '5', 'null', '"x"', undefined]) {
      expect(essence(await create(body))).toEqual(detail);
    }
    expect((await create('{"email"')).body.detail).toMatch(/^JSON parse error - /);
  });

  it('415: another content type', async () => {
    const answer = await create('email=x', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(essence(answer)).toEqual({ status: 415, body: { detail: expect.any(String) } });
  });

  it('413: more than any photo', async () => {
    const answer = await create(someone({ photo: `data:image/png;base64,${'A'.repeat(17 * 1024 * 1024)}` }));
    expect(essence(answer)).toEqual({ status: 413, body: { detail: expect.any(String) } });
  });
});

describe('whom a customer may create', () => {
  for (const maker of ACCOUNT_TYPES) {
    it(`${maker}: those below it`, async () => {
      const { server, company } = world;
      const caller = await signedInCustomer(server, company, maker);
      const before = await total();
      for (const type of ACCOUNT_TYPES) {
        const answer = await caller.post(path(), someone({ account_type: type }));
        if (typesBelow(maker).includes(type)) {
          expect([type, answer.status, answer.body.account_type]).toEqual([type, 201, type]);
          expect(answer.body.created_by).toBe(`http://headwater.test/api/v3/customusers/${caller.number}/`);
        } else {
          refused(answer, 'account_type');
        }
      }
      expect(await total()).toBe(before + typesBelow(maker).length);
    });
  }
});

describe('who is who', () => {
  it('400: an email that a customer has, whatever its case', async () => {
    const email = `Some.One.${someEmail()}`;
    await newCustomer(world.company, { email, username: email.slice(0, 20) });
    for (const again of [email, email.toUpperCase()]) {
      refused(await create(someone({ email: again, username: `other ${again}` })), 'email');
      refused(await create(someone({ email: again })), 'email');
    }
  });

  it('400: a username that a customer has, whatever its case, an email used as one included', async () => {
    const { email } = await newCustomer(world.company);
    await newCustomer(world.company, { username: 'Ünique Näme' });
    for (const username of ['Ünique Näme', 'ünique näme', ' ÜNIQUE NÄME ', email, email.toUpperCase()]) {
      refused(await create(someone({ username })), 'username');
    }
  });

  it('400: no username at all, where the email is the username of someone else', async () => {
    const email = someEmail();
    await newCustomer(world.company, { username: email.toUpperCase() });
    refused(await create(someone({ email })), 'username');
    const made = await newCustomer(world.company, { email, username: `not ${email}` });
    expect(made.email).toBe(email);
  });

  it("400: a username that is another one's email, so that nobody signs in in another's place", async () => {
    const { server, company } = world;
    const held = await signedInCustomer(server, company, 'recruiter', { username: 'Has a name' });
    const user = await company.user();
    for (const username of [held.email, held.email.toUpperCase(), ` ${held.email} `, user.email]) {
      refused(await create(someone({ username })), 'username');
    }
    const { body } = await signInToSuite(server, company, held.email);
    expect((await asCustomer(server, body.token).get(path())).status).toBe(200);
    const own = someEmail();
    expect((await create(someone({ email: own, username: own.toUpperCase() }))).status).toBe(201);
    // What another company holds is nobody's business here.
    expect((await create(someone({ username: world.other.admin.email }))).status).toBe(201);
  });

  it('201: a username of another company', async () => {
    await newCustomer(world.other, { username: 'Same name' });
    expect((await create(someone({ username: 'Same name' }))).status).toBe(201);
  });

  it('409: an email of another company, without a word on where, and nothing happens', async () => {
    const { company, other, server } = world;
    const customer = await newCustomer(other);
    const user = await other.user();
    const before = await total();
    const answers = [];
    for (const email of [customer.email, customer.email.toUpperCase(), user.email, other.admin.email]) {
      const { status, body } = await create(someone({ email }));
      answers.push(JSON.stringify({ status, body }));
      expect(await mailsTo(company, email)).toEqual([]);
    }
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0]!)).toEqual({ status: 409, body: { detail: expect.any(String) } });
    expect(answers[0]).not.toMatch(new RegExp(`compan|${other.identifier}|\\b${other.id}\\b`));
    expect(await total()).toBe(before);
    expect((await server.signIn(user.email)).status).toBe(200);
  });

  it('one of ten with one email is made, once, with one mail', async () => {
    const email = someEmail();
    const before = await total();
    const statuses = await atOnce(10, (each) =>
      create(someone({ email: each % 2 ? email : email.toUpperCase(), username: `${each} of ${email}` })),
    );
    expect(statuses[0]).toBe(201);
    expect(statuses.slice(1)).toEqual(Array(9).fill(400));
    expect(await total()).toBe(before + 1);
    const mails = [
      ...(await mailsTo(world.company, email)),
      ...(await mailsTo(world.company, email.toUpperCase())),
    ];
    expect(mails).toHaveLength(1);
  });

  it('one of ten with one username is made', async () => {
    const statuses = await atOnce(10, (each) =>
      create(someone({ username: each % 2 ? 'Ten at once' : 'TEN AT ONCE' })),
    );
    expect(statuses).toEqual([201, ...Array(9).fill(400)]);
  });

  it('ten at once are ten, on two servers, each with a number of its own', async () => {
    const { server, company } = world;
    const sibling = await server.sibling();
    const before = await total();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, each) =>
        (each % 2 ? sibling : server).call('POST', path(), {
          token: company.admin.token,
          body: someone(),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(answers.map(({ body }) => numberOf(body))).size).toBe(10);
    expect(await total()).toBe(before + 10);
  });

  it('one of two companies that want one email at the same moment has it', async () => {
    const { company, other } = world;
    for (let time = 0; time < 3; time++) {
      const sent = someone();
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, each) => {
          const one = each % 2 ? company : other;
          return one.admin.post(customersPath(one), sent);
        }),
      );
      const statuses = answers.map(({ status }) => status).toSorted();
      expect(statuses).toEqual([201, 400, 400, 409, 409, 409]);
    }
  });
});

describe('as the published examples send it', () => {
  it('201: a form', async () => {
    const { token } = await ownerOf(world.server, world.company);
    const email = someEmail();
    const { status, headers, body } = await sendForm(world.server, 'POST', path(), token, [
      ['first_name', 'Luke'],
      ['last_name', 'Skywalker'],
      ['email', email],
      ['account_type', 'recruiter'],
      ['preferred_language', 'de'],
      ['seen_welcome', 'True'],
      ['receive_interview_notifications', 'false'],
      ['zodiac', 'x'],
    ]);
    expect([status, headers.get('x-ignored-fields')]).toEqual([201, 'zodiac']);
    expect(body).toMatchObject({
      first_name: 'Luke',
      last_name: 'Skywalker',
      email,
      username: email,
      account_type: 'recruiter',
      preferred_language: 'de',
      seen_welcome: true,
      receive_interview_notifications: false,
      photo: '',
    });
  });

  it('400: every mistake of a form, under its field', async () => {
    const { token } = await ownerOf(world.server, world.company);
    const answer = await sendForm(world.server, 'POST', path(), token, [
      ['first_name', new Uint8Array([1, 2, 3])],
      ['seen_welcome', 'maybe'],
      ['account_type', ''],
    ]);
    refused(answer, 'first_name', 'seen_welcome', 'account_type', 'email');
  });

  describe('a backslash before each line end, which the printed command sends between single quotes', () => {
    const printed = (email: string, end: string) =>
      [
        '{ \\',
        '"first_name": "Luke", \\',
        `"email": "${email}", \\`,
        '"account_type": "recruiter", \\',
        '"preferred_language": "de" \\',
        '}',
      ].join(end);

    it.each([
      ['\\n', '\n'],
      ['\\r\\n', '\r\n'],
    ])('201: with %s', async (_name, end) => {
      const email = someEmail();
      const { status, body } = await create(printed(email, end));
      expect([status, body.email, body.first_name]).toEqual([201, email, 'Luke']);
    });

    it('400: within a text, and any other backslash', async () => {
      const { email } = someone();
      for (const body of [
        printed(email, '\n').replace('Luke', 'Lu\\\nke'),
        printed(email, '\n').replace('Luke', 'Lu\\\\\nke'),
        printed(email, '\n').replace('{ \\', '{ \\ \\'),
        printed(email, '\n').replace('}', '\\}'),
        printed(email, '').replace('{', '{ \\'),
        `${printed(email, '\n').replaceAll('"', "'")}`,
      ]) {
        expect(essence(await create(body))).toEqual({
          status: 400,
          body: { detail: expect.stringMatching(/^JSON parse error - /) },
        });
      }
    });

    it('400: says where the mistake is, in the body as it was sent', async () => {
      const body = '{ \\\n"first_name": "Luke", \\\n"last_name" "oops" }';
      const { detail } = (await create(body)).body;
      expect(detail).toContain(`position ${body.indexOf('"oops')} (line 3 column 13)`);
    });

    it('400: under /v1, where nothing of the kind is printed', async () => {
      const body = '{ \\\n"fullName": "Luke" \\\n}';
      expect((await world.company.admin.post('/v1/contact', body)).status).toBe(400);
    });

    it('keeps the backslashes of a body that is JSON', async () => {
      const { body } = await create(someone({ first_name: 'back\\slash\nline \\' }));
      expect(body.first_name).toBe('back\\slash\nline \\');
    });
  });
});

it('whoever is created finds the invitation', async () => {
  const made = await newCustomer(world.company);
  expect(await invitationOf(world.company, made.email)).toMatch(/^\/invitation\/\d+\.[\w-]{43}$/);
});
