import { describe, expect, it } from 'vitest';
import { essence } from '../../../test/factories.ts';
import type { TestCompany } from '../../../test/harness.ts';
import {
  asCustomer,
  customerPath,
  followed,
  keepsSuitesApart,
  knowsItsCustomers,
  newCustomer,
  numberOf,
  ownerOf,
  signedInCustomer,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';
import { ACCOUNT_TYPES } from '../account-types.ts';

const world = twoCompanies();
const NONE = { status: 404, body: { detail: expect.any(String) } };
const companyPath = ({ id }: TestCompany) => `/api/v3/companies/${id}/`;
const byIdentifier = (identifier: string) => `/api/v3/company-by-identifier/${identifier}/`;
const customUserPath = (number: number | string) => `/api/v3/customusers/${number}/`;
const projectsPath = (company: TestCompany, number: number | string) =>
  customerPath(company, number, 'projects/');

const expectedCompany = ({ id, identifier }: TestCompany) => ({
  resource_uri: `http://headwater.test/api/v3/companies/${id}/`,
  id,
  identifier,
  name: identifier,
  timezone: expect.any(String),
  customers: `http://headwater.test/api/v3/companies/${id}/customers/`,
});

describe('GET /api/v3/companies/{companyId}/', () => {
  knowsItsCustomers(world, 'GET', async () => ({ path: companyPath(world.company) }));
  keepsSuitesApart(world, 'GET', companyPath, { record: false });

  it('200: the company, to every account type', async () => {
    const { server, company } = world;
    for (const type of ACCOUNT_TYPES) {
      const caller = await signedInCustomer(server, company, type);
      const { status, body } = await caller.get(companyPath(company));
      expect([status, body]).toEqual([200, expectedCompany(company)]);
      expect((await caller.get(followed(body.customers))).status).toBe(200);
    }
  });
});

describe('GET /api/v3/company-by-identifier/{identifier}/', () => {
  knowsItsCustomers(world, 'GET', async () => ({ path: byIdentifier(world.company.identifier) }));

  it('200: the same company', async () => {
    const { status, body } = await world.company.admin.get(byIdentifier(world.company.identifier));
    expect([status, body]).toEqual([200, expectedCompany(world.company)]);
  });

  it("404: another company's, as one that never was", async () => {
    const { server, company, other } = world;
    const owner = await ownerOf(server, company);
    const never = essence(await owner.get(byIdentifier('no-such-company')));
    expect(never).toEqual(NONE);
    for (const name of [other.identifier, String(company.id), company.identifier.toUpperCase(), '%2F']) {
      expect([name, essence(await owner.get(byIdentifier(name)))]).toEqual([name, never]);
    }
  });
});

describe('GET /api/v3/customusers/{customUserId}/', () => {
  knowsItsCustomers(world, 'GET', async () => ({ path: customUserPath(1) }));

  it('200: the account behind a customer, to every account type', async () => {
    const { server, company } = world;
    const made = await newCustomer(company, { first_name: 'Leona', last_name: 'Kesä', username: 'leona' });
    for (const type of ACCOUNT_TYPES) {
      const caller = await signedInCustomer(server, company, type);
      const { status, body } = await caller.get(followed(made.user));
      expect([status, body]).toEqual([
        200,
        {
          resource_uri: made.user,
          username: 'leona',
          email: made.email,
          first_name: 'Leona',
          last_name: 'Kesä',
          is_active: true,
          customer: made.resource_uri,
        },
      ]);
      expect((await caller.get(followed(body.customer))).body.username).toBe('leona');
    }
  });

  it('the same number is one of the own company, whoever asks', async () => {
    const { server, company, other } = world;
    for (const one of [company, other]) {
      const owner = await ownerOf(server, one);
      expect((await owner.get(customUserPath(1))).body.email).toBe(one.admin.email);
    }
  });

  it('404: one that never was, whatever it is called', async () => {
    const { server, company, other } = world;
    const here = numberOf(await newCustomer(company)) + 1000;
    await server.sql('update customer_counter set last = $2 where company_id = $1', [other.id, here - 1]);
    expect(numberOf(await newCustomer(other))).toBe(here);
    const owner = await ownerOf(server, company);
    const names = [here, '0', '01', '-1', '1.5', '99999999999', 'x', other.admin.id, company.admin.id];
    for (const name of names) {
      expect([name, essence(await owner.get(customUserPath(name)))]).toEqual([name, NONE]);
    }
  });
});

describe('GET /api/v3/companies/{companyId}/customers/{customerId}/projects/', () => {
  knowsItsCustomers(world, 'GET', async () => ({ path: projectsPath(world.company, 1) }));
  keepsSuitesApart(world, 'GET', projectsPath);

  it('200: none', async () => {
    const made = await newCustomer(world.company);
    const { status, body } = await world.company.admin.get(followed(made.projects));
    expect([status, body]).toEqual([
      200,
      { meta: { total_count: 0, previous: null, next: null }, objects: [] },
    ]);
  });
});

it('every reference in a customer can be followed, by whoever reads it', async () => {
  const { server, company } = world;
  const maker = await signedInCustomer(server, company, 'admin');
  const made = await newCustomer(company, {}, maker);
  const caller = await signedInCustomer(server, company, 'hiring-manager');
  const { body } = await caller.get(followed(made.resource_uri));
  for (const name of ['resource_uri', 'company', 'user', 'created_by', 'projects']) {
    expect(body[name]).toMatch(/^http:\/\/headwater\.test\/api\/v3\/.*\/$/);
    expect([name, (await caller.get(followed(body[name]))).status]).toEqual([name, 200]);
    expect((await asCustomer(server, '').get(followed(body[name]))).status).toBe(401);
  }
});

it('404 in the shape of this API: a path below it that leads nowhere, and any other method', async () => {
  const { server, company } = world;
  const { token } = await ownerOf(server, company);
  const headers = { authorization: `Token ${token}` };
  for (const [method, path] of [
    ['GET', '/api/v3/'],
    ['GET', '/api/v3/nothing/'],
    ['GET', '/api/v3/companies/'],
    ['PUT', customerPath(company, 1)],
    ['HEAD', customerPath(company, 1)],
    ['POST', customerPath(company, 1)],
    ['GET', customerPath(company, 1, 'reinvite/')],
    ['POST', companyPath(company)],
    ['DELETE', companyPath(company)],
  ] as const) {
    const { status, body } = await server.call(method, path, { headers });
    expect([method, path, status]).toEqual([method, path, 404]);
    if (method !== 'HEAD') expect(body).toEqual({ detail: expect.any(String) });
  }
});
