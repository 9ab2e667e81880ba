import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountType } from '../src/customers/account-types.ts';
import { essence, someEmail } from './factories.ts';
import { type Answer, PASSWORD, type TestCompany, type TestServer } from './harness.ts';
import type { World } from './world.ts';

type Body = Answer['body'];
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A customer who signed in at /api/v3, and what a program does there for it. */
export interface SuiteCaller {
  /** Its id within the company. */
  number: number;
  /** The account's. */
  id: string;
  email: string;
  username: string;
  token: string;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  patch(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

export const customersPath = ({ id }: TestCompany, query = '') =>
  `/api/v3/companies/${id}/customers/${query}`;
export const customerPath = (company: TestCompany, number: number | string, step = '') =>
  `${customersPath(company)}${number}/${step}`;
/** Where an absolute reference of an answer leads on the server under test. */
export const followed = (reference: string): string => {
  const { pathname, search } = new URL(reference);
  return pathname + search;
};
export const numberOf = ({ resource_uri }: Body): number => Number(resource_uri.split('/').at(-2));

/** What someone asks a token with, as the published resource has it. */
export const signInToSuite = (
  server: TestServer,
  company: { identifier: string },
  username: string,
  more: object = {},
): Promise<Answer> =>
  server.call('POST', '/api/v3/api-token-auth/', {
    body: { username, password: PASSWORD, company: company.identifier, ...more },
  });

/** With `Authorization: Token …`, as the suite's clients write it. */
export const asCustomer = (server: TestServer, token: string) => {
  const headers = { authorization: `Token ${token}` };
  return {
    get: (path: string) => server.call('GET', path, { headers }),
    post: (path: string, body?: unknown) => server.call('POST', path, { headers, body }),
    patch: (path: string, body?: unknown) => server.call('PATCH', path, { headers, body }),
    delete: (path: string) => server.call('DELETE', path, { headers }),
  };
};

/** The company's owner, signed in at /api/v3. */
export async function ownerOf(server: TestServer, company: TestCompany): Promise<SuiteCaller> {
  const { id, email } = company.admin;
  const { status, body } = await signInToSuite(server, company, email);
  if (status !== 200) throw new Error(`signing in answered ${status}: ${JSON.stringify(body)}`);
  return { number: 1, id, email, username: email, token: body.token, ...asCustomer(server, body.token) };
}

/** A customer that the owner, or `maker`, created; throws where that was refused. */
export async function newCustomer(
  company: TestCompany,
  more: object = {},
  maker: Pick<SuiteCaller, 'post'> = company.admin,
): Promise<Body> {
  const sent = { email: someEmail(), account_type: 'recruiter', ...more };
  const { status, body } = await maker.post(customersPath(company), sent);
  if (status !== 201) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** A customer of a type, invited. Owners are made by the operator: here an admin is raised past the API. */
export async function customerOfType(
  server: TestServer,
  company: TestCompany,
  type: AccountType,
  more: object = {},
): Promise<Body> {
  if (type !== 'owner') return newCustomer(company, { account_type: type, ...more });
  const made = await newCustomer(company, { account_type: 'admin', ...more });
  await server.sql('update customer set account_type = $3 where company_id = $1 and number = $2', [
    company.id,
    numberOf(made),
    type,
  ]);
  return { ...made, account_type: type };
}

/** A customer of a type who followed the invitation's link, chose a password and signed in. */
export async function signedInCustomer(
  server: TestServer,
  company: TestCompany,
  type: AccountType,
  more: object = {},
): Promise<SuiteCaller> {
  const customer = await customerOfType(server, company, type, more);
  const { email, username } = customer;
  await choosePassword(server, await invitationOf(company, email));
  const number = numberOf(customer);
  const { status, body } = await signInToSuite(server, company, username);
  if (status !== 200) throw new Error(`signing in answered ${status}: ${JSON.stringify(body)}`);
  const id = await accountOf(server, company, number);
  return { number, id, email, username, token: body.token, ...asCustomer(server, body.token) };
}

/** The id of the account behind a customer, which no answer of /api/v3 holds. */
export async function accountOf(
  server: TestServer,
  company: { id: number },
  number: number,
): Promise<string> {
  const [row] = await server.sql<{ account_id: string }>(
    'select account_id from customer where company_id = $1 and number = $2',
    [company.id, number],
  );
  return row!.account_id;
}

/** The mails to an address, the latest first. */
export async function mailsTo({ admin }: TestCompany, email: string): Promise<Body[]> {
  const { mails } = (await admin.get('/v1/mail?limit=200')).body;
  return mails.filter(({ to }: { to: string }) => to === email);
}

/** The path of the link in the latest mail to an address. */
export async function invitationOf(company: TestCompany, email: string): Promise<string> {
  const [mail] = await mailsTo(company, email);
  return followed(/http\S+\/invitation\/\S+/.exec(mail.text)![0]);
}

export const choosePassword = (server: TestServer, link: string, password = PASSWORD): Promise<Answer> =>
  server.call('POST', link, {
    body: new URLSearchParams({ password, repetition: password }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

/** A form with files, as browsers and curl send it; a list of pairs may name a field twice. */
export async function sendForm(
  server: TestServer,
  method: 'POST' | 'PATCH',
  path: string,
  token: string,
  fields: [name: string, value: string | Uint8Array<ArrayBuffer>][],
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([value], { type: 'image/jpeg' }), 'profile-picture.jpg');
  }
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Token ${token}` },
    body: form,
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : text };
}

/**
 * What every operation of the suite shows. `request` makes one that the company's owner is answered `success` to, and
 * that a stranger's paths lead nowhere for.
 */
export function knowsItsCustomers(
  world: World,
  method: Method,
  request: () => Promise<{ path: string; body?: unknown }>,
  { success = 200 }: { success?: number } = {},
): void {
  const call = async (authorization: string | undefined, slash: 'with' | 'without' = 'with') => {
    const { path, body } = await request();
    return world.server.call(method, slash === 'with' ? path : path.replace(/\/(?=$|\?)/, ''), {
      body,
      ...(authorization === undefined ? {} : { headers: { authorization } }),
    });
  };
  const token = async () => (await ownerOf(world.server, world.company)).token;

  describe('knows its callers', () => {
    it.each([
      ['after Token', (it: string) => `Token ${it}`],
      ['in capitals', (it: string) => `TOKEN ${it.toUpperCase()}`],
      ['after Bearer', (it: string) => `Bearer ${it}`],
      ['bare', (it: string) => it],
    ])(`${success}: with the token %s, with and without a trailing slash`, async (_form, authorization) => {
      const header = authorization(await token());
      expect((await call(header)).status).toBe(success);
      expect((await call(header, 'without')).status).toBe(success);
    });

    it(`${success}: with a token of /v1`, async () => {
      expect((await call(`Bearer ${world.company.admin.token}`)).status).toBe(success);
    });

    it.each([
      ['without a', () => undefined],
      ['with an empty', () => ''],
      ['with a forged', (it: string) => `Token ${it.slice(0, -4)}${it.endsWith('beef') ? 'dead' : 'beef'}`],
      ['with a too long', (it: string) => `Token ${it}0`],
      ["with the digits of no company's", () => `Token ${'f'.repeat(40)}`],
      ['with a meaningless', () => 'Token of my appreciation'],
      ['with a Basic', (it: string) => `Basic ${it}`],
    ])('401: %s token', async (_kind, authorization) => {
      const { status, headers, body } = await call(authorization(await token()));
      expect(status).toBe(401);
      expect(body).toEqual({ detail: expect.any(String) });
      expect(headers.get('www-authenticate')).toBeTruthy();
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('403: a user of /v1 who is no customer', async () => {
      const user = await world.company.user('super_admin');
      const { status, body } = await call(`Bearer ${user.token}`);
      expect([status, body]).toEqual([403, { detail: expect.any(String) }]);
    });
  });
}

/**
 * What every operation on a path of a company shows: another company's callers find it as one that never existed, and a
 * path below another company is none of the caller's, whatever it leads to. `path` answers that of an operation.
 */
export function keepsSuitesApart(
  world: World,
  method: Method,
  path: (company: TestCompany, number: number | string) => string,
  { body, record = true }: { body?: unknown; record?: boolean } = {},
): void {
  it("404: another company's path exactly as one that never was, and nothing happens there", async () => {
    const { server, company, other } = world;
    const customer = await newCustomer(company);
    const number = numberOf(customer);
    const stranger = await ownerOf(server, other);
    const look = async () => essence(await company.admin.get(customersPath(company, '?limit=1000')));
    const before = await look();
    const ask = (token: string, asked: string) =>
      server.call(method, asked, { body, headers: { authorization: `Token ${token}` } });
    const never = { id: 2_000_000_000 } as TestCompany;
    const nowhere = essence(await ask(stranger.token, path(never, number)));
    expect(nowhere).toEqual({ status: 404, body: { detail: expect.any(String) } });
    for (const token of [stranger.token, other.admin.token]) {
      expect(essence(await ask(token, path(company, number)))).toEqual(nowhere);
    }
    for (const id of ['0', '-1', `0${other.id}`, `${other.id}.0`, '99999999999', 'x', other.identifier]) {
      expect(essence(await ask(stranger.token, path({ id } as never, 1)))).toEqual(nowhere);
    }
    expect(await look()).toEqual(before);
  });

  if (!record) return;
  it('404: a customer that never was, whatever it is called', async () => {
    const { server, company } = world;
    const owner = await ownerOf(server, company);
    const ask = async (number: string) =>
      essence(
        await server.call(method, path(company, number), {
          body,
          headers: { authorization: `Token ${owner.token}` },
        }),
      );
    const nothing = await ask('999999999');
    expect(nothing).toEqual({ status: 404, body: { detail: expect.any(String) } });
    for (const name of [
      '0',
      '01',
      '1.0',
      '+1',
      '-1',
      '1e0',
      '99999999999',
      'x',
      '%F0%9F%90%8B',
      randomUUID(),
    ]) {
      expect([name, await ask(name)]).toEqual([name, nothing]);
    }
  });
}
