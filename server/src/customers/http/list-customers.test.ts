import { describe, expect, it } from 'vitest';
import { someEmail } from '../../../test/factories.ts';
import type { Answer, TestCompany } from '../../../test/harness.ts';
import {
  customerPath,
  customersPath,
  followed,
  keepsSuitesApart,
  knowsItsCustomers,
  newCustomer,
  numberOf,
  signedInCustomer,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';

type Body = Answer['body'];

const world = twoCompanies();
const list = (query = '', company = world.company) => company.admin.get(customersPath(company, query));
const numbersOf = ({ body }: Answer): number[] => body.objects.map(numberOf);

/** A company with nobody but its owner and so many others. */
async function companyOf(count: number, more: (each: number) => object = () => ({})): Promise<TestCompany> {
  const company = await world.server.company();
  for (let each = 0; each < count; each++) await newCustomer(company, more(each));
  return company;
}

describe('GET /api/v3/companies/{companyId}/customers/', () => {
  knowsItsCustomers(world, 'GET', async () => ({ path: customersPath(world.company) }));
  keepsSuitesApart(world, 'GET', (company) => customersPath(company), { record: false });

  it('200: the owner alone, in a new company', async () => {
    const company = await world.server.company();
    const { status, headers, body } = await list('', company);
    const at = `http://headwater.test/api/v3/companies/${company.id}/`;
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(body).toEqual({
      meta: { total_count: 1, previous: null, next: null },
      objects: [
        {
          resource_uri: `${at}customers/1/`,
          company: at,
          user: 'http://headwater.test/api/v3/customusers/1/',
          username: company.admin.email,
          email: company.admin.email,
          account_type: 'owner',
          status: 'confirmed',
          is_active: true,
          first_name: '',
          last_name: '',
          gender: '',
          position: null,
          phone: '',
          role: '',
          preferred_language: 'en',
          receive_interview_notifications: true,
          seen_welcome: false,
          photo: '',
          invitationdate: null,
          confirmationdate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          created_by: null,
          projects: `${at}customers/1/projects/`,
          activation_key: '',
        },
      ],
    });
  });

  it('200: to every account type, the same list; activation keys to owners and admins', async () => {
    const { server, company } = world;
    const invited = await newCustomer(company);
    for (const type of ['owner', 'admin', 'recruiter', 'hiring-manager'] as const) {
      const caller = await signedInCustomer(server, company, type);
      const { status, body } = await caller.get(customersPath(company, '?limit=1000'));
      const own = await caller.get(customerPath(company, numberOf(invited)));
      expect(status).toBe(200);
      const objects: Body[] = body.objects;
      expect(objects).toHaveLength(body.meta.total_count);
      const known = type === 'owner' || type === 'admin';
      expect(objects.every((one) => 'activation_key' in one === known)).toBe(true);
      expect(objects.find((one) => one.username === invited.username)).toEqual(own.body);
    }
  });

  it('never answers a password, a digest of one or the id of an account', async () => {
    const { server, company } = world;
    const { body } = await list('?limit=1000');
    const accounts = await server.sql<{ id: string; password_hash: string | null }>(
      'select id, password_hash from account where company_id = $1',
      [company.id],
    );
    const text = JSON.stringify(body);
    expect(text).not.toMatch(/password|argon|hash/i);
    for (const { id } of accounts) expect(text).not.toContain(id);
  });

  it('holds nothing of another company', async () => {
    const { company, other } = world;
    const theirs = await newCustomer(other, { username: 'Only there', email: someEmail() });
    for (const query of [
      '?limit=1000',
      '?username=only%20there',
      `?email=${theirs.email}`,
      `?email=${other.admin.email}`,
    ]) {
      const { body } = await list(query);
      expect(JSON.stringify(body)).not.toContain(theirs.email);
      expect(JSON.stringify(body)).not.toContain(other.admin.email);
      if (query !== '?limit=1000') expect(body.meta.total_count).toBe(0);
    }
    expect((await list('?username=only%20there', other)).body.meta.total_count).toBe(1);
    expect((await list('', company)).body.objects[0].email).toBe(company.admin.email);
  });

  it('200: by username, whole and whatever its case', async () => {
    const made = await newCustomer(world.company, { username: 'Straße & Söhne +1%' });
    const found = (name: string) => list(`?username=${encodeURIComponent(name)}`);
    for (const name of ['Straße & Söhne +1%', 'straße & söhne +1%', 'STRAßE & SÖHNE +1%']) {
      expect((await found(name)).body).toEqual({
        meta: { total_count: 1, previous: null, next: null },
        objects: [made],
      });
    }
    for (const name of ['Straße', 'Straße & Söhne +1_', '%', 'nobody']) {
      expect((await found(name)).body).toEqual({
        meta: { total_count: 0, previous: null, next: null },
        objects: [],
      });
    }
  });

  it('200: by email, whatever its case', async () => {
    const email = `Mixed.${someEmail()}`;
    const made = await newCustomer(world.company, { email, username: `of ${email}` });
    for (const asked of [email, email.toUpperCase(), email.toLowerCase()]) {
      expect((await list(`?email=${asked}`)).body.objects).toEqual([made]);
    }
    expect((await list(`?email=${email}&username=nobody`)).body.objects).toEqual([]);
  });

  it('200: by account type, status and activity, which all must hold', async () => {
    const company = await companyOf(6, (each) => ({ account_type: each % 2 ? 'admin' : 'hiring-manager' }));
    await company.admin.patch(customerPath(company, 3), { is_active: false });
    const numbers = async (query: string) => numbersOf(await list(query, company));
    expect(await numbers('?account_type=admin')).toEqual([3, 5, 7]);
    expect(await numbers('?account_type=hiring-manager')).toEqual([2, 4, 6]);
    expect(await numbers('?account_type=owner')).toEqual([1]);
    expect(await numbers('?account_type=recruiter')).toEqual([]);
    expect(await numbers('?status=invited')).toEqual([2, 4, 5, 6, 7]);
    expect(await numbers('?status=deactivated')).toEqual([3]);
    expect(await numbers('?status=confirmed')).toEqual([1]);
    expect(await numbers('?account_type=admin&status=invited&is_active=true')).toEqual([5, 7]);
    expect(await numbers('?account_type=&status=&is_active=&username=&email=&order_by=')).toHaveLength(7);
  });

  it.each(['true', 'True', '1'])('200: the active ones by is_active=%s', async (given) => {
    const company = await companyOf(2);
    await company.admin.patch(customerPath(company, 2), { is_active: false });
    expect(numbersOf(await list(`?is_active=${given}`, company))).toEqual([1, 3]);
  });

  it.each(['false', 'False', '0'])('200: the inactive ones by is_active=%s', async (given) => {
    const company = await companyOf(2);
    await company.admin.patch(customerPath(company, 2), { is_active: false });
    const { body } = await list(`?is_active=${given}&limit=1`, company);
    expect([body.objects.map(numberOf), body.meta.total_count]).toEqual([[2], 1]);
  });

  it.each([
    ['limit', '-1'],
    ['limit', '1001'],
    ['limit', '1.5'],
    ['limit', 'ten'],
    ['limit', '1e400'],
    ['limit', 'NaN'],
    ['offset', '-1'],
    ['offset', '2147483648'],
    ['account_type', 'boss'],
    ['account_type', 'Owner'],
    ['status', 'new'],
    ['is_active', 'yes'],
    ['is_active', '2'],
    ['order_by', 'password'],
    ['order_by', '--email'],
    ['order_by', '-'],
    ['order_by', 'email,username'],
    ['order_by', 'c.number;--'],
    ['order_by', '__proto__'],
    ['order_by', 'constructor'],
    ['username', 'x'.repeat(255)],
    ['order_by', 'x'.repeat(101)],
    ['username', '%00', ''],
    ['email', '%00', ''],
  ])('400: %s=%s, by its name', async (name, value, encoded = encodeURIComponent(value)) => {
    const { status, body } = await list(`?${name}=${encoded || value}`);
    expect([status, body]).toEqual([400, { [name]: [expect.any(String)] }]);
  });

  it('400: a parameter twice', async () => {
    for (const query of ['?limit=1&limit=2', '?username=a&username=b', '?order_by=id&order_by=email']) {
      expect((await list(query)).status).toBe(400);
    }
  });

  it('names what it did not read, and reads the rest', async () => {
    const { status, headers, body } = await list('?limit=1&first_name=Luke&format=json');
    expect([status, body.objects.length]).toEqual([200, 1]);
    expect(headers.get('x-ignored-fields')).toBe('?first_name, ?format');
  });
});

describe('the pages of the list', () => {
  const meta = async (query: string, company: TestCompany) => (await list(query, company)).body.meta;

  it('are of twenty, by id', async () => {
    const company = await companyOf(20);
    const first = await list('', company);
    expect(numbersOf(first)).toEqual(Array.from({ length: 20 }, (_, each) => each + 1));
    const url = `http://headwater.test${customersPath(company)}`;
    expect(first.body.meta).toEqual({ total_count: 21, previous: null, next: `${url}?limit=20&offset=20` });
    const last = await list('?offset=20', company);
    expect(numbersOf(last)).toEqual([21]);
    expect(last.body.meta).toEqual({ total_count: 21, previous: `${url}?offset=0&limit=20`, next: null });
  });

  it('lead from one to the next, there and back, each customer once', async () => {
    const company = await companyOf(44, (each) => ({ account_type: each % 3 ? 'recruiter' : 'admin' }));
    const walk = async (from: string, towards: 'next' | 'previous') => {
      const pages: number[][] = [];
      for (let at: string | null = from; at; ) {
        const answer: Answer = await company.admin.get(at);
        expect(answer.body.meta.total_count).toBe(45);
        pages.push(numbersOf(answer));
        const { [towards]: reference } = answer.body.meta;
        at = reference && followed(reference);
      }
      return pages;
    };
    const all = Array.from({ length: 45 }, (_, each) => each + 1);
    expect((await walk(customersPath(company), 'next')).map(({ length }) => length)).toEqual([20, 20, 5]);
    expect((await walk(customersPath(company), 'next')).flat()).toEqual(all);
    for (const field of ['', '&order_by=account_type', '&order_by=-status', '&order_by=-first_name']) {
      const pages = await walk(customersPath(company, `?limit=7${field}`), 'next');
      expect(pages).toHaveLength(7);
      expect(pages.flat().toSorted((a, b) => a - b)).toEqual(all);
      const back = await walk(customersPath(company, `?limit=7&offset=42${field}`), 'previous');
      expect(back.toReversed()).toEqual(pages);
    }
  });

  it('keep what was asked, as it was asked', async () => {
    const company = await companyOf(5, () => ({ account_type: 'admin', preferred_language: 'de' }));
    await newCustomer(company, { account_type: 'recruiter' });
    const first = await list('?account_type=admin&is_active=true&order_by=-email&limit=2&x=y', company);
    expect(first.body.meta.next).toMatch(/^http:\/\/headwater\.test\/api\/v3\//);
    const next = new URL(first.body.meta.next).searchParams;
    expect(Object.fromEntries(next)).toEqual({
      account_type: 'admin',
      is_active: 'true',
      order_by: '-email',
      limit: '2',
      offset: '2',
    });
    const second = await company.admin.get(followed(first.body.meta.next));
    expect(second.body.meta.total_count).toBe(5);
    const emails = [...first.body.objects, ...second.body.objects].map(({ email }: Body) => email);
    expect(emails).toEqual(emails.toSorted().toReversed());
    const names = await list(`?username=${encodeURIComponent('a&b=c d+e%')}&limit=1&offset=1`, company);
    expect(new URL(names.body.meta.previous).searchParams.get('username')).toBe('a&b=c d+e%');
  });

  it('may be empty, and end', async () => {
    const company = await companyOf(2);
    expect((await list('?limit=0', company)).body).toEqual({
      meta: { total_count: 3, previous: null, next: null },
      objects: [],
    });
    expect((await list('?limit=1000', company)).body.objects).toHaveLength(3);
    const beyond = await list('?limit=2&offset=10', company);
    expect(beyond.body.objects).toEqual([]);
    expect(beyond.body.meta).toMatchObject({ total_count: 3, next: null });
    expect((await list('?offset=2147483647', company)).body.objects).toEqual([]);
    expect((await meta('?limit=3', company)).next).toBeNull();
    expect((await meta('?limit=2', company)).next).not.toBeNull();
  });
});

describe('the order of the list', () => {
  it('is by any field, both ways, ties by id', async () => {
    const company = await companyOf(6, (each) => ({
      username: ['delta', 'Alpha', 'charlie', 'Bravo', 'Foxtrot', 'echo'][each],
      first_name: ['b', 'A', 'b', 'a', '', 'B'][each],
      last_name: ['x', 'x', 'x', 'x', 'x', 'x'][each],
      account_type: ['recruiter', 'admin'][each % 2],
    }));
    await world.server.sql('update customer set username = $2 where company_id = $1 and number = 1', [
      company.id,
      'zulu',
    ]);
    await company.admin.patch(customerPath(company, 4), { is_active: false });
    const by = async (order: string) => numbersOf(await list(`?order_by=${order}`, company));
    expect(await by('id')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await by('-id')).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(await by('username')).toEqual([3, 5, 4, 2, 7, 6, 1]);
    expect(await by('-username')).toEqual([1, 6, 7, 2, 4, 5, 3]);
    // Without a name: last, either way.
    expect(await by('first_name')).toEqual([3, 5, 2, 4, 7, 1, 6]);
    expect(await by('-first_name')).toEqual([7, 4, 2, 5, 3, 6, 1]);
    expect(await by('last_name')).toEqual([2, 3, 4, 5, 6, 7, 1]);
    expect(await by('account_type')).toEqual([3, 5, 7, 1, 2, 4, 6]);
    expect(await by('is_active')).toEqual([4, 1, 2, 3, 5, 6, 7]);
    expect(await by('-is_active')).toEqual([7, 6, 5, 3, 2, 1, 4]);
    expect(await by('status')).toEqual([1, 4, 2, 3, 5, 6, 7]);
    for (const field of ['email', 'invitationdate', 'confirmationdate']) {
      expect((await by(field)).length).toBe(7);
      expect((await by(`-${field}`)).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    }
  });
});
