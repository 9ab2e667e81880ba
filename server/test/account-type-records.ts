import { randomUUID } from 'node:crypto';
import { ACCOUNT_TYPES, type AccountType } from '../src/customers/account-types.ts';
import { ROLES } from '../src/identity/permissions.ts';
import { blackPng } from '../src/platform/images/fixtures/pictures.ts';
import { relationOf } from './account-type-table.ts';
import { someEmail } from './factories.ts';
import type { Answer, Caller, TestCompany, TestServer } from './harness.ts';
import { customersPath, newCustomer, numberOf, ownerOf, signedInCustomer } from './suite.ts';

type Body = Answer['body'];

/** Who asks under /api/v3. */
export interface TypedCaller {
  type: AccountType;
  token: string;
  number: number;
}

/** A company with a customer of each type and a user of each role, and another company to which it must not matter. */
export interface TypeScene {
  server: TestServer;
  company: TestCompany;
  other: TestCompany;
  callers: TypedCaller[];
  /** In the order of ROLES; no customers. */
  users: Caller[];
}

export async function openTypeScene(server: TestServer): Promise<TypeScene> {
  const [company, other] = [await server.company(), await server.company()];
  // Numbers that only the other company has.
  await server.sql('update customer_counter set last = 900000 where company_id = $1', [other.id]);
  const owner = await ownerOf(server, company);
  const below = ACCOUNT_TYPES.filter((type) => type !== 'owner');
  const signedIn = below.map(async (type) => ({ ...(await signedInCustomer(server, company, type)), type }));
  return {
    server,
    company,
    other,
    callers: [
      { ...owner, type: 'owner' },
      { ...owner, type: 'owner', token: company.admin.token },
      ...(await Promise.all(signedIn)),
    ],
    users: await Promise.all(ROLES.map((role) => company.user(role))),
  };
}

/** What a request is about. */
export interface Target {
  type: AccountType;
  number?: number;
  /** The end of a photo's address. */
  photo?: string;
}

type Maker = (company: TestCompany, server: TestServer, type: AccountType) => Promise<Target>;

const invited =
  (more: object = {}): Maker =>
  async (company, server, type) => {
    // Owners are made by the operator.
    const account_type = type === 'owner' ? 'admin' : type;
    const customer = await newCustomer(company, { account_type, ...more });
    const number = numberOf(customer);
    if (type === 'owner') {
      await server.sql('update customer set account_type = $3 where company_id = $1 and number = $2', [
        company.id,
        number,
        type,
      ]);
    }
    return { type, number, photo: customer.photo.split('/').at(-2) };
  };

/** How to make what account-type-table.md is about. */
export const MAKERS: Record<string, Maker> = {
  customer: invited(),
  'invited customer': invited(),
  photo: invited({ photo: `data:image/png;base64,${blackPng(2, 2).toString('base64')}` }),
  'new customer': async (_company, _server, type) => ({ type }),
};

/** What each route that takes a body is sent. */
const BODIES: Record<string, (company: TestCompany, target: Target, by: AccountType) => unknown> = {
  'POST /api/v3/api-token-auth/': () => ({}),
  'POST /api/v3/companies/{companyId}/customers/': (_company, { type }) => ({
    email: someEmail(),
    account_type: type,
  }),
  'PATCH /api/v3/companies/{companyId}/customers/{customerId}/': () => ({ position: randomUUID() }),
  'POST /api/v3/companies/{companyId}/customers/batch-import/': async (company, { type }, by) => {
    const { objects } = (await company.admin.get(customersPath(company, '?limit=1000&is_active=true'))).body;
    const stay = objects.filter(({ account_type }: Body) => relationOf(account_type, by) === 'below');
    const fresh = { username: randomUUID(), email: someEmail(), account_type: type };
    return [...stay, fresh].map(({ username, email, account_type }) => ({
      pk_attribute: 'username',
      username,
      email,
      account_type,
    }));
  },
};

/** A request to a route in a company, by a caller of the type, or by anyone else with a token or none. */
export async function askAbout(
  { server, company }: Pick<TypeScene, 'server' | 'company'>,
  route: string,
  target: Target,
  by: { type?: AccountType; token?: string } = {},
): Promise<Answer> {
  const [method, pattern] = route.split(' ') as [string, string];
  const named: Record<string, unknown> = {
    companyId: company.id,
    identifier: company.identifier,
    customerId: target.number,
    customUserId: target.number,
    token: target.photo,
  };
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(named[name]));
  return server.call(method, path.endsWith('/customers/') ? `${path}?limit=1000` : path, {
    body: await BODIES[route]?.(company, target, by.type ?? 'owner'),
    ...(by.token === undefined ? {} : { headers: { authorization: `Token ${by.token}` } }),
  });
}
