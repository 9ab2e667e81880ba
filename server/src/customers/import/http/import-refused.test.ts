import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { essence } from '../../../../test/factories.ts';
import type { TestCompany } from '../../../../test/harness.ts';
import { serverForThisTest } from '../../../../test/harness.ts';
import {
  customersPath,
  keepsSuitesApart,
  knowsItsCustomers,
  newCustomer,
  signedInCustomer,
} from '../../../../test/suite.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { everythingOf, importPath, rowOf, someRow, someRows } from './fixtures/importing.ts';

const world = twoCompanies();
const taken = (what: string) => [`This ${what} is already in use.`];

/** Imports the rows, with another one that is right, and sees that nothing happens. */
async function refused(company: TestCompany, rows: unknown, caller = company.admin) {
  const before = await everythingOf(world.server, company);
  const given = Array.isArray(rows) ? [...rows, someRow(rows[0])] : rows;
  const answers = [
    await caller.post(importPath(company), given),
    await caller.post(importPath(company, '?dry_run=true'), given),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  expect(answers[1]!.body).toEqual(answers[0]!.body);
  expect(await everythingOf(world.server, company)).toEqual(before);
  return answers[0]!.body;
}

describe('POST /api/v3/companies/{companyId}/customers/batch-import/ refuses', () => {
  knowsItsCustomers(world, 'POST', async () => ({ path: importPath(world.company), body: [someRow()] }));
  keepsSuitesApart(world, 'POST', (company) => importPath(company), { body: [someRow()], record: false });

  it('400: rows with mistakes, each with all of them', async () => {
    const { company } = world;
    const right = someRow();
    const rows = [
      right,
      someRow({ email: 'zoe', account_type: 'boss', gender: 7 }),
      'zoe',
      someRow({ username: 'a\0b' }),
      someRow({ pk_attribute: 'email' }),
      { pk_attribute: 'username' },
      { ...right, email: `${randomUUID()}@example.org` },
      someRow({ account_type: 'owner' }),
    ];
    const body = await company.admin.post(importPath(company), rows).then((answer) => answer.body);
    expect(body).toEqual([
      { index: 0, errors: { username: [expect.stringContaining('index 6')] } },
      {
        index: 1,
        errors: {
          email: [expect.any(String)],
          account_type: [expect.any(String)],
          gender: [expect.any(String)],
        },
      },
      { index: 2, errors: { non_field_errors: ['must be an object'] } },
      { index: 3, errors: { username: [expect.stringContaining('U+0000')] } },
      { index: 4, errors: { pk_attribute: [expect.stringContaining('username')] } },
      {
        index: 5,
        errors: Object.fromEntries(
          ['username', 'email', 'account_type'].map((field) => [field, ['This field is required.']]),
        ),
      },
      { index: 6, errors: { username: [expect.stringContaining('index 0')] } },
      { index: 7, errors: { account_type: [expect.stringContaining('below your own')] } },
    ]);
    expect(await world.server.sql('select from customer where username = $1', [right.username])).toEqual([]);
  });

  it('400: an email or username of another customer, and an email of another company, without saying which', async () => {
    const { company, other } = world;
    const [mine, second] = someRows(2);
    expect((await company.admin.post(importPath(company), [mine, second])).status).toBe(200);
    const foreign = someRow();
    expect((await other.admin.post(importPath(other), [foreign])).status).toBe(200);
    const { email } = mine!;
    expect(await refused(company, [someRow({ email: email.toUpperCase() })])).toMatchObject([
      { index: 0, errors: { email: expect.arrayContaining(taken('email')) } },
      { index: 1 },
    ]);
    const emails = [email, foreign.email, other.admin.email, other.admin.email.toUpperCase()];
    const asked = await Promise.all(
      emails.map((one) => company.admin.post(importPath(company), [someRow({ email: one })])),
    );
    for (const answer of asked) {
      expect(essence(answer)).toEqual(
        essence({ ...asked[0]!, body: [{ index: 0, errors: { email: taken('email') } }] }),
      );
    }
    const byEmail = { pk_attribute: 'email', username: second!.username.toUpperCase() };
    expect((await company.admin.post(importPath(company), [someRow(byEmail)])).body).toEqual([
      { index: 0, errors: { username: taken('username') } },
    ]);
    const { body } = await company.admin.post(importPath(company), [
      someRow({ username: company.admin.email.toUpperCase(), pk_attribute: 'email' }),
      someRow({ username: email.toUpperCase(), pk_attribute: 'email' }),
    ]);
    expect(body).toEqual([0, 1].map((index) => ({ index, errors: { username: taken('username') } })));
    // The other company may have the same username.
    const same = someRow({ username: second!.username });
    expect((await other.admin.post(importPath(other), [same, foreign])).status).toBe(200);
  });

  it('400: an account type above the caller’s, or not below it for someone new', async () => {
    const company = await world.server.company();
    const admin = await signedInCustomer(world.server, company, 'admin');
    const rows = [
      rowOf(company.admin, { account_type: 'owner' }),
      someRow({ account_type: 'admin' }),
      rowOf(admin, { account_type: 'admin' }),
    ];
    const { status, body } = await admin.post(importPath(company), rows);
    expect(status).toBe(400);
    expect(body).toEqual([
      { index: 0, errors: { account_type: [expect.any(String)] } },
      { index: 1, errors: { account_type: [expect.any(String)] } },
    ]);
    const owned = await company.admin.post(importPath(company), rows);
    expect(owned.status).toBe(200);
    expect(owned.body).toMatchObject({ created: { count: 1 }, unchanged: { count: 2 } });
  });

  it('400: to let an admin bring back another one that an owner deactivated', async () => {
    const company = await world.server.company();
    const admin = await signedInCustomer(world.server, company, 'admin');
    const peer = await newCustomer(company, { account_type: 'admin' });
    await company.admin.post(importPath(company), [rowOf(admin, { account_type: 'admin' })]);
    const rows = [rowOf(peer, { account_type: 'admin' })];
    const { status, body } = await admin.post(importPath(company), rows);
    expect([status, body]).toEqual([400, [{ index: 0, errors: { account_type: [expect.any(String)] } }]]);
    expect((await company.admin.post(importPath(company), rows)).body.reactivated.count).toBe(1);
  });

  it.each([
    ['an empty list', []],
    ['an object', someRow()],
    ['a text', '"zoe"'],
    ['null', 'null'],
    ['20,001 rows', Array.from({ length: 20_001 }, () => ({}))],
  ])('400: %s', async (_kind, rows) => {
    const { company } = world;
    const before = await everythingOf(world.server, company);
    const { status, body } = await company.admin.post(importPath(company), rows);
    expect([status, body]).toEqual([400, { detail: expect.stringContaining('body') }]);
    expect(await everythingOf(world.server, company)).toEqual(before);
  });

  it('400: no body, what is no JSON, and a dry_run that is neither true nor false', async () => {
    const { company } = world;
    const post = (body: unknown, query = '') => company.admin.post(importPath(company, query), body);
    expect(essence(await post(undefined))).toEqual({ status: 400, body: { detail: expect.any(String) } });
    expect(essence(await post('[{'))).toEqual({
      status: 400,
      body: { detail: expect.stringContaining('JSON parse error') },
    });
    expect(essence(await post([someRow()], '?dry_run=perhaps'))).toEqual({
      status: 400,
      body: { dry_run: [expect.any(String)] },
    });
  });

  it('400: names the first thousand of the rows with mistakes', async () => {
    const { company } = world;
    const { body } = await company.admin.post(importPath(company), someRows(1_200, { email: '' }));
    expect(body).toHaveLength(1_000);
    expect(body.at(-1).index).toBe(999);
  });

  it('400: unknown properties, where the server is strict', async () => {
    const server = await serverForThisTest({ strict: true });
    const company = await server.company();
    const { status, body } = await company.admin.post(importPath(company), [someRow({ usrname: 'x' })]);
    expect([status, body]).toEqual([400, { '[].usrname': [expect.stringContaining('username')] }]);
  });

  it.each(['recruiter', 'hiring-manager'] as const)('403: a %s', async (accountType) => {
    const { company } = world;
    const caller = await signedInCustomer(world.server, company, accountType);
    const before = await everythingOf(world.server, company);
    const { status, body } = await caller.post(importPath(company), [someRow()]);
    expect([status, body]).toEqual([403, { detail: expect.any(String) }]);
    expect(await everythingOf(world.server, company)).toEqual(before);
  });

  it('413: more than 16 MiB', async () => {
    const rows = someRows(2, { unknown: 'x'.repeat(9 * 1024 * 1024) });
    const { status } = await world.company.admin.post(importPath(world.company), rows);
    expect(status).toBe(413);
  });

  it('is no customer’s address', async () => {
    expect((await world.company.admin.get(importPath(world.company))).status).toBe(404);
    expect((await world.company.admin.get(customersPath(world.company))).status).toBe(200);
  });
});
