import { describe, expect, it } from 'vitest';
import {
  customerPath,
  keepsSuitesApart,
  knowsItsCustomers,
  newCustomer,
  numberOf,
  signedInCustomer,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';
import { ACCOUNT_TYPES } from '../account-types.ts';

const world = twoCompanies();

describe('GET /api/v3/companies/{companyId}/customers/{customerId}/', () => {
  knowsItsCustomers(world, 'GET', async () => ({ path: customerPath(world.company, 1) }));
  keepsSuitesApart(world, 'GET', customerPath);

  it('200: what POST answered, to every account type, with the activation key for owners and admins', async () => {
    const { server, company } = world;
    const made = await newCustomer(company, { first_name: 'John', gender: 'mr', phone: '1' });
    const { activation_key, ...rest } = made;
    for (const type of ACCOUNT_TYPES) {
      const caller = await signedInCustomer(server, company, type);
      const { status, headers, body } = await caller.get(customerPath(company, numberOf(made)));
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(body).toEqual(type === 'owner' || type === 'admin' ? { ...rest, activation_key } : rest);
    }
  });

  it('200: the same number is another customer in another company', async () => {
    const { company, other } = world;
    const [here, there] = await Promise.all(
      [company, other].map((one) => one.admin.get(customerPath(one, 1))),
    );
    expect([here!.body.email, there!.body.email]).toEqual([company.admin.email, other.admin.email]);
  });

  it('names what it did not read', async () => {
    const { status, headers } = await world.company.admin.get(
      `${customerPath(world.company, 1)}?format=json`,
    );
    expect([status, headers.get('x-ignored-fields')]).toEqual([200, '?format']);
  });
});
