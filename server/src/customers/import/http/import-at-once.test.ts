import { describe, expect, it } from 'vitest';
import { statusesOf } from '../../../../test/factories.ts';
import { customersPath, followed, newCustomer } from '../../../../test/suite.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { customersOf, importPath, rowOf, someRow, someRows } from './fixtures/importing.ts';

const world = twoCompanies();

describe('imports at the same moment', () => {
  it('of one list are one after the other: the later ones find everyone there', async () => {
    const company = await world.server.company();
    const rows = someRows(300);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => company.admin.post(importPath(company), rows)),
    );
    expect(statusesOf(answers)).toEqual([200, 200, 200, 200]);
    const counts = answers.map(({ body }) => [body.created.count, body.unchanged.count]);
    expect(counts.toSorted(([one], [other]) => one - other)).toEqual([
      [0, 300],
      [0, 300],
      [0, 300],
      [300, 0],
    ]);
    const [{ mails }] = (await world.server.sql<{ mails: number }>(
      `select count(*)::int4 as mails from outbox where company_id = $1 and topic = 'mail'`,
      [company.id],
    )) as [{ mails: number }];
    expect(mails).toBe(300);
  });

  it('of two lists leave the active customers of one of them', async () => {
    const company = await world.server.company();
    const lists = [someRows(50), someRows(50)];
    const answers = await Promise.all(lists.map((rows) => company.admin.post(importPath(company), rows)));
    expect(statusesOf(answers)).toEqual([200, 200]);
    const active = Object.values(await customersOf(company)).filter(
      ({ is_active, account_type }) => is_active && account_type !== 'owner',
    );
    const names = active.map(({ username }) => username).toSorted();
    expect(lists.map((rows) => rows.map(({ username }) => username).toSorted())).toContainEqual(names);
  });

  it('and POSTs give each customer a number of its own, and lose no one', async () => {
    const company = await world.server.company();
    const rows = someRows(200);
    const posted = someRows(10);
    const [imported, ...made] = await Promise.all([
      company.admin.post(importPath(company), rows),
      ...posted.map(({ username, email, account_type }) =>
        company.admin.post(customersPath(company), { username, email, account_type }),
      ),
    ]);
    expect(imported!.status).toBe(200);
    expect(new Set(statusesOf(made))).toEqual(new Set([201]));
    const customers = Object.values(await customersOf(company));
    expect(customers).toHaveLength(211);
    expect(new Set(customers.map(({ resource_uri }) => resource_uri)).size).toBe(211);
  });

  it('and POSTs of whom the list names leave each there once, active', async () => {
    const company = await world.server.company();
    const rows = someRows(20);
    const answers = await Promise.all([
      company.admin.post(importPath(company), rows),
      ...rows.map(({ username, email, account_type }) =>
        company.admin.post(customersPath(company), { username, email, account_type }),
      ),
    ]);
    expect(answers[0]!.status).toBe(200);
    for (const { status } of answers.slice(1)) expect([201, 400]).toContain(status);
    const customers = Object.values(await customersOf(company));
    expect(customers).toHaveLength(21);
    expect(customers.filter(({ is_active }) => !is_active)).toEqual([]);
  });

  it('of two companies that name the same people: one has them, the other is told that they are taken', async () => {
    const companies = [await world.server.company(), await world.server.company()];
    const rows = someRows(200);
    const answers = await Promise.all(
      companies.map((company, at) =>
        company.admin.post(importPath(company), at === 0 ? rows : rows.toReversed()),
      ),
    );
    expect(statusesOf(answers)).toEqual([200, 400]);
    const loser = answers.findIndex(({ status }) => status === 400);
    expect(answers[loser]!.body).toHaveLength(200);
    expect(answers[loser]!.body[0]).toEqual({
      index: 0,
      errors: { email: ['This email is already in use.'] },
    });
    expect(Object.keys(await customersOf(companies[loser]!))).toHaveLength(1);
    expect(Object.keys(await customersOf(companies[1 - loser]!))).toHaveLength(201);
  });

  it('and a change of a customer are one after the other', async () => {
    const company = await world.server.company();
    const person = await newCustomer(company);
    const listed = someRow();
    const path = followed(person.resource_uri);
    const answers = await Promise.all([
      company.admin.post(importPath(company), [listed, rowOf(person)]),
      company.admin.patch(path, { is_active: false }),
      company.admin.patch(path, { position: 'Cook' }),
      company.admin.post(importPath(company), [listed]),
    ]);
    expect(statusesOf(answers)).toEqual([200, 200, 202, 202]);
    const { is_active, status, position } = (await customersOf(company))[person.email];
    expect(position).toBe('Cook');
    expect([is_active, status]).toEqual(is_active ? [true, 'invited'] : [false, 'deactivated']);
  });
});
