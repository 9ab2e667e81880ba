import { beforeAll, describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, newContact, someEmail } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
/** Created in this order; the last to be updated is b. */
const contacts: Record<string, Answer['body']> = {};
beforeAll(async () => {
  for (const [name, createdTime] of Object.entries({ a: '2003-03-03', b: '2001-01-01', c: '2002-02-02' })) {
    contacts[name] = await newContact(world.company.admin, { createdTime, firstName: name });
  }
  const { body } = await world.company.admin.patch(contactPath(contacts.b.id), { skills: ['Counting'] });
  contacts.b = body;
});

const list = (query: Record<string, string | number> = {}) =>
  world.company.admin.get(
    `/v1/contacts?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, `${value}`]))}`,
  );
const namesOf = ({ body }: Answer) =>
  body.contacts.map(({ firstName }: { firstName: string }) => firstName).join('');

describe('GET /v1/contacts', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: '/v1/contacts' }));

  it('200: all of them as they are read one by one, with both counts', async () => {
    const { status, body } = await list();
    expect(status).toBe(200);
    expect(body).toEqual({
      contacts: [contacts.b, contacts.c, contacts.a],
      last_batch: 3,
      total_count: 3,
    });
  });

  it('200: another company finds none and counts none, whatever it asks', async () => {
    for (const query of [
      '',
      `?email=${contacts.a.primaryEmail}`,
      '?created_at=2000-01-01&created_at_op=gte',
    ]) {
      const { body } = await world.other.admin.get(`/v1/contacts${query}`);
      expect(body).toEqual({ contacts: [], last_batch: 0, total_count: 0 });
    }
  });

  it.each([
    [{}, 'bca'],
    [{ sort_field: 'createdAt' }, 'bca'],
    [{ sort_field: 'created_at', sort_order: 'desc' }, 'acb'],
    [{ sort_field: 'updatedAt' }, 'acb'],
    [{ sort_field: 'updated_at', sort_order: 'desc' }, 'bca'],
    [{ sort_field: 'id', sort_order: 'asc' }, 'abc'],
    [{ sort_field: 'id', sort_order: 'desc' }, 'cba'],
    [{ sort_order: 'desc' }, 'acb'],
  ])('200: sorted by %j', async (query, names) => {
    expect(namesOf(await list(query))).toBe(names);
  });

  it.each([
    ['eq', 'c'],
    ['neq', 'ba'],
    ['lt', 'b'],
    ['lte', 'bc'],
    ['gt', 'a'],
    ['gte', 'ca'],
  ])('200: created_at_op=%s', async (created_at_op, names) => {
    const answer = await list({ created_at: '2002-02-02T00:00:00Z', created_at_op });
    expect(namesOf(answer)).toBe(names);
    expect(answer.body.total_count).toBe(names.length);
  });

  it.each([
    ['eq', 'c'],
    ['neq', 'ab'],
    ['lt', 'a'],
    ['lte', 'ac'],
    ['gt', 'b'],
    ['gte', 'cb'],
  ])('200: updated_at_op=%s', async (updated_at_op, names) => {
    const answer = await list({
      updated_at: contacts.c.updatedTime,
      updated_at_op,
      sort_field: 'updatedAt',
    });
    expect(namesOf(answer)).toBe(names);
    expect(answer.body.total_count).toBe(names.length);
  });

  it('200: both times at once', async () => {
    const answer = await list({
      created_at: '2002-01-01',
      created_at_op: 'gt',
      updated_at: contacts.c.updatedTime,
      updated_at_op: 'lt',
    });
    expect(namesOf(answer)).toBe('a');
  });

  it.each([
    '2002-02-02T01:00:00+01:00',
    '2002-02-02T00:00:00.0000',
    '2002-02-01T19:00:00-0500',
    '2002-02-02',
  ])('200: %s is the moment it is anywhere', async (created_at) => {
    expect(namesOf(await list({ created_at, created_at_op: 'eq' }))).toBe('c');
  });

  it('200: by any email of a contact, whatever its case', async () => {
    const [first, second] = [someEmail(), someEmail()];
    const own = await world.server.company();
    await newContact(own.admin);
    const { id } = await newContact(own.admin, { emails: [first, second.toUpperCase()] });
    for (const email of [first.toUpperCase(), second]) {
      const { body } = await own.admin.get(`/v1/contacts?email=${encodeURIComponent(email)}`);
      expect(body).toMatchObject({ contacts: [{ id }], last_batch: 1, total_count: 1 });
    }
    expect((await own.admin.get(`/v1/contacts?email=${someEmail()}`)).body.total_count).toBe(0);
    expect((await own.admin.get('/v1/contacts?email=')).body.total_count).toBe(2);
  });

  it.each([
    [{ limit: 2 }, 'bc'],
    [{ limit: 2, offset: 2 }, 'a'],
    [{ limit: 1, offset: 1, sort_order: 'desc' }, 'c'],
    [{ limit: 0 }, ''],
    [{ offset: 3 }, ''],
    [{ offset: 9800 }, ''],
  ])('200: the page %j, and the count of all', async (page, names) => {
    const answer = await list(page);
    expect(namesOf(answer)).toBe(names);
    expect(answer.body).toMatchObject({ last_batch: names.length, total_count: 3 });
  });

  it('200: two hundred where no limit is asked for; the count is exact up to 10,000, past it an estimate', async () => {
    const own = await world.server.company();
    const { id } = await newContact(own.admin);
    await world.server.sql(
      `insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, wire)
       select company_id, gen_random_uuid(), created_at + n * interval '1 ms', 0, updated_at + n * interval '1 ms', 0, wire
       from contact, generate_series(1, 10004) n where id = $1`,
      [id],
    );
    const { body } = await own.admin.get('/v1/contacts');
    expect([body.contacts.length, body.last_batch]).toEqual([200, 200]);
    expect(body.total_count).toBeGreaterThanOrEqual(10_000);
    const fifth = new Date(Date.parse(body.contacts[0].createdTime) + 4).toISOString();
    const some = await own.admin.get(`/v1/contacts?limit=1&created_at=${fifth}&created_at_op=gt`);
    expect(some.body.total_count).toBe(10_000);
  });

  it.each([
    ['limit=201', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=many', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['offset=-1', 'offset'],
    ['offset=1e99', 'offset'],
    ['created_at=2002-02-02', 'created_at_op'],
    ['created_at_op=gte', 'created_at'],
    ['updated_at=2002-02-02', 'updated_at_op'],
    ['updated_at_op=gte', 'updated_at'],
    ['created_at=2002-02-02&created_at_op=like', 'created_at_op'],
    ['created_at=yesterday&created_at_op=eq', 'created_at'],
    ['created_at=2002-02-30&created_at_op=eq', 'created_at'],
    ['created_at=1014595200&created_at_op=eq', 'created_at'],
    ['sort_field=lastName', 'sort_field'],
    ['sort_order=up', 'sort_order'],
    ['email=%00', 'email'],
  ])('400: %s is wrong at %s', async (query, field) => {
    const { status, body } = await world.company.admin.get(`/v1/contacts?${query}`);
    expect([status, body.message.split(': ')[0]]).toEqual([400, field]);
  });

  it.each(['offset=9801', 'limit=1&offset=10000', 'limit=200&offset=2147483647'])(
    '400: %s reaches too deep, and the cursor is named as the way on',
    async (query) => {
      const { status, body } = await world.company.admin.get(`/v1/contacts?${query}`);
      expect(status).toBe(400);
      expect(body.message).toMatch(/created_at_op=gte.*sort_field=createdAt/);
    },
  );
});
