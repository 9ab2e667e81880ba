import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { essence, someEmail } from '../../../test/factories.ts';
import { PASSWORD, serverForThisTest } from '../../../test/harness.ts';
import {
  accountOf,
  asCustomer,
  customerPath,
  customersPath,
  newCustomer,
  numberOf,
  signedInCustomer,
  signInToSuite,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const path = '/api/v3/api-token-auth/';
const REQUIRED = ['This field is required.'];
const REFUSED = { status: 400, body: { non_field_errors: ['Unable to sign in with these credentials.'] } };

const ask = (body: unknown, headers: Record<string, string> = {}) =>
  world.server.call('POST', path, { body, headers });
const credentials = (more: object = {}) => ({
  username: world.company.admin.email,
  password: PASSWORD,
  company: world.company.identifier,
  ...more,
});

describe('POST /api/v3/api-token-auth/', () => {
  it('200: a token of forty hexadecimal digits, another one each time, all of them good', async () => {
    const answers = [await ask(credentials()), await ask(credentials())];
    for (const { status, headers, body } of answers) {
      expect([status, body]).toEqual([200, { token: expect.stringMatching(/^[0-9a-f]{40}$/) }]);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      const caller = asCustomer(world.server, body.token);
      expect((await caller.get(customersPath(world.company))).status).toBe(200);
    }
    expect(answers[0]!.body.token).not.toBe(answers[1]!.body.token);
    expect((await world.server.call('POST', path.slice(0, -1), { body: credentials() })).status).toBe(200);
  });

  it('keeps no token, only its digest', async () => {
    const { token } = (await ask(credentials())).body;
    const rows = await world.server.sql<{ row: string }>('select s::text as row from customer_session s');
    expect(rows.length).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toContain(token.slice(8));
  });

  it('200: by username or email, whatever their case, with blanks around them', async () => {
    const { server, company } = world;
    const email = `Jane.${someEmail()}`;
    const jane = await signedInCustomer(server, company, 'recruiter', { email, username: 'JSmith 1234' });
    for (const username of ['JSmith 1234', 'jsmith 1234', ' JSMITH 1234 ', email, email.toUpperCase()]) {
      const { status, body } = await ask(credentials({ username, company: ` ${company.identifier} ` }));
      expect([username, status]).toEqual([username, 200]);
      const me = await asCustomer(server, body.token).get(customerPath(company, jane.number));
      expect(me.body.username).toBe('JSmith 1234');
    }
  });

  it('200: the password as it is, blanks and all', async () => {
    const { server, company } = world;
    const user = (
      await company.admin.post('/v1/user', { email: someEmail(), password: `  ${PASSWORD} äöü€ ` })
    ).body;
    await newCustomer(company, { email: user.email });
    const sign = (password: string) => signInToSuite(server, company, user.email, { password });
    expect((await sign(`  ${PASSWORD} äöü€ `)).status).toBe(200);
    expect(essence(await sign(`${PASSWORD} äöü€`))).toEqual(REFUSED);
  });

  it('400: everything that is missing, at once', async () => {
    expect(essence(await ask({}))).toEqual({
      status: 400,
      body: { username: REQUIRED, password: REQUIRED, company: REQUIRED },
    });
    expect(essence(await ask({ password: PASSWORD, company: 'x' }))).toEqual({
      status: 400,
      body: { username: REQUIRED },
    });
  });

  it('400: everything that is of the wrong type, at once', async () => {
    const { status, body } = await ask({
      username: 5,
      password: null,
      company: '',
      extended_expiration_period: '7',
    });
    expect([status, Object.keys(body).sort()]).toEqual([
      400,
      ['company', 'extended_expiration_period', 'password', 'username'],
    ]);
    for (const sentences of Object.values(body)) expect(sentences).toEqual([expect.any(String)]);
  });

  it.each([[0], [31], [-1], [1.5], ['7'], [true], [[7]], [1e300]])(
    '400: a period of %j',
    async (extended_expiration_period) => {
      const { status, body } = await ask(credentials({ extended_expiration_period }));
      expect([status, body]).toEqual([400, { extended_expiration_period: [expect.any(String)] }]);
    },
  );

  it('400: a period beyond all numbers', async () => {
    const body = JSON.stringify(credentials({ extended_expiration_period: 0 })).replace(':0', ':1e400');
    expect((await ask(body)).status).toBe(400);
  });

  it.each([[1], [30], [null], [undefined], [7.0]])(
    '200: a period of %j',
    async (extended_expiration_period) => {
      expect((await ask(credentials({ extended_expiration_period }))).status).toBe(200);
    },
  );

  it.each([
    ['not JSON', '{"username": "x",'],
    ['nothing but a word', 'username'],
    ['half a character', '{"username": "\\ud800"}'],
    ['a list', '[]'],
    ['a text', '"username"'],
    ['null', 'null'],
  ])('400: a body that is %s', async (_kind, body) => {
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('400: what cannot be read as JSON, in the words that clients know', async () => {
    for (const body of ['{', '{"password": "correct horse"', 'username=x&password=y']) {
      const { status, body: answered } = await ask(body);
      expect([status, answered]).toEqual([400, { detail: expect.stringMatching(/^JSON parse error - /) }]);
      expect(answered.detail).not.toContain('horse');
    }
  });

  it('400: a body that is no object is wrong as a whole, not in a field', async () => {
    for (const body of ['[]', '"username"', 'null', '5']) {
      expect(essence(await ask(body))).toEqual({ status: 400, body: { detail: expect.any(String) } });
    }
  });

  it('400: no body', async () => {
    expect(essence(await ask(undefined))).toEqual({ status: 400, body: { detail: expect.any(String) } });
  });

  it('415: a form', async () => {
    const { status, body } = await ask('username=x', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([status, body]).toEqual([415, { detail: expect.any(String) }]);
  });

  it('names what it did not read', async () => {
    const { status, headers } = await ask(credentials({ remember: true }));
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, 'remember']);
  });

  it('400: the same words for whatever is wrong', async () => {
    const { server, company, other } = world;
    const without = await newCustomer(company);
    const gone = await signedInCustomer(server, company, 'recruiter');
    await company.admin.patch(customerPath(company, gone.number), { is_active: false });
    const user = await company.user();
    const wrong = [
      { password: `${PASSWORD}.` },
      { username: someEmail() },
      { username: 'nobody' },
      { username: ' ' },
      { company: 'no-such-company' },
      { company: company.identifier.toUpperCase() },
      { company: other.identifier },
      { company: String(company.id) },
      { username: without.email },
      { username: gone.email },
      { username: user.email },
      { username: "' or true --" },
      { username: '%' },
    ];
    for (const more of wrong) {
      expect([more, essence(await ask(credentials(more)))]).toEqual([more, REFUSED]);
      // So that the failures of one email are not five in a row.
      expect((await ask(credentials())).status).toBe(200);
    }
  });

  it('401 is for tokens alone: here a header means nothing', async () => {
    expect((await ask(credentials(), { authorization: 'Token nonsense' })).status).toBe(200);
  });

  it('404: any other method', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      expect(essence(await world.server.call(method, path))).toEqual({
        status: 404,
        body: { detail: expect.any(String) },
      });
    }
  });
});

describe('signing in is held back after failures', () => {
  const fails = async (sign: () => Promise<{ status: number }>, times: number) => {
    const statuses: number[] = [];
    for (let each = 0; each < times; each++) statuses.push((await sign()).status);
    return statuses;
  };

  it('429: from the fifth on, the right password included, whichever name was given', async () => {
    const { server, company } = world;
    const { email, username } = await signedInCustomer(server, company, 'recruiter', {
      username: 'Held back',
    });
    const wrong = (name: string) => signInToSuite(server, company, name, { password: 'not the password' });
    const statuses = [
      ...(await fails(() => wrong(username), 2)),
      ...(await fails(() => wrong(email.toUpperCase()), 2)),
      ...(await fails(() => wrong('held BACK'), 1)),
    ];
    expect(statuses).toEqual([400, 400, 400, 400, 400]);
    const { status, headers, body } = await signInToSuite(server, company, username);
    expect([status, body]).toEqual([429, { detail: expect.any(String) }]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('429: what failed here counts under /v1, and the other way round', async () => {
    const { server, company } = world;
    const here = await company.user();
    await newCustomer(company, { email: here.email });
    await fails(() => signInToSuite(server, company, here.email, { password: 'not the password' }), 5);
    expect((await server.signIn(here.email)).status).toBe(429);

    const there = await company.user();
    await newCustomer(company, { email: there.email });
    await fails(() => server.signIn(there.email, 'not the password'), 5);
    expect((await signInToSuite(server, company, there.email)).status).toBe(429);
  });

  it('a success starts the count anew, here as there', async () => {
    const { server, company } = world;
    const user = await company.user();
    await newCustomer(company, { email: user.email });
    const wrong = () => signInToSuite(server, company, user.email, { password: 'not the password' });
    await fails(wrong, 4);
    expect((await server.signIn(user.email)).status).toBe(200);
    expect(await fails(wrong, 4)).toEqual([400, 400, 400, 400]);
    expect((await signInToSuite(server, company, user.email)).status).toBe(200);
    expect(await fails(wrong, 4)).toEqual([400, 400, 400, 400]);
  });

  it('tells by nothing whether an email is held: here, then there', async () => {
    const { server, company, other } = world;
    const user = await company.user();
    await newCustomer(company, { email: user.email });
    const elsewhere = await other.user();
    const seen: unknown[] = [];
    for (const email of [user.email, elsewhere.email, someEmail(), `crm.${(await company.user()).email}`]) {
      const statuses = await fails(
        () => signInToSuite(server, company, email, { password: 'not the password' }),
        5,
      );
      const next = (await signInToSuite(server, company, email, { password: 'still not it' })).status;
      seen.push([...statuses, next, (await server.signIn(email, 'not the password')).status]);
    }
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(seen[0]).toEqual([400, 400, 400, 400, 400, 429, 429]);
  });

  it('of many wrong passwords sent at once, five are tried', async () => {
    const { server, company } = world;
    const { username } = await signedInCustomer(server, company, 'hiring-manager', { username: 'At once' });
    const statuses = await atOnce(12, () =>
      signInToSuite(server, company, username, { password: 'not the password' }),
    );
    expect(statuses).toEqual([...Array(5).fill(400), ...Array(7).fill(429)]);
  });

  it('of many sent to two servers at once too, by whichever name', async () => {
    const { server, company } = world;
    const servers = [server, await server.sibling()];
    const { username, email } = await signedInCustomer(server, company, 'recruiter', { username: 'Twofold' });
    const statuses = await atOnce(16, (each) =>
      signInToSuite(servers[each % 2]!, company, [username, email][(each >> 1) % 2]!, {
        password: 'not the password',
      }),
    );
    expect(statuses).toEqual([...Array(5).fill(400), ...Array(11).fill(429)]);
  });

  it('429: more than the limit of an address, in the shape of this API', async () => {
    const server = await serverForThisTest({ rateAuth: 2 });
    const statuses: number[] = [];
    for (let each = 0; each < 4; each++) {
      const { status, body } = await server.call('POST', path, { body: {} });
      statuses.push(status);
      if (status === 429) expect(body).toEqual({ detail: expect.any(String) });
    }
    expect(statuses).toContain(429);
  });
});

it('of one name that is a username here and an email there, the username is meant', async () => {
  const { server, company, other } = world;
  const email = someEmail();
  const here = await signedInCustomer(server, company, 'recruiter', { username: 'Both' });
  const there = await signedInCustomer(server, other, 'recruiter', { username: 'Both', email });
  const token = async (where: typeof company) =>
    (await signInToSuite(server, where, 'both')).body.token as string;
  const mine = await asCustomer(server, await token(company)).get(customerPath(company, here.number));
  const theirs = await asCustomer(server, await token(other)).get(customerPath(other, there.number));
  expect([mine.body.email, theirs.body.email]).toEqual([here.email, email]);
  expect(await accountOf(server, other, numberOf(theirs.body))).toBe(there.id);
});
