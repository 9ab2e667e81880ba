import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { newUser } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const emailsOf = ({ body }: Answer) => body.users.map(({ email }: { email: string }) => email);

describe('GET /v1/users', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: '/v1/users' }));

  it('200: all of the company, oldest first, as they are read one by one', async () => {
    const company = await world.server.company();
    const made = [await newUser(company), await newUser(company)];
    const { status, body } = await company.admin.get('/v1/users');
    const first = (await company.admin.get(`/v1/user/${company.admin.id}`)).body;
    expect([status, body]).toEqual([200, { users: [first, ...made], totalCount: 3 }]);
  });

  it('200: a page at a time, with the count of all', async () => {
    const company = await world.server.company();
    const emails = [company.admin.email];
    for (let nth = 0; nth < 4; nth++) emails.push((await newUser(company)).email);
    for (const [query, from, to] of [
      ['limit=2', 0, 2],
      ['limit=2&offset=2', 2, 4],
      ['offset=4', 4, 5],
      ['offset=5', 5, 5],
      ['limit=0', 0, 0],
    ] as const) {
      const answer = await company.admin.get(`/v1/users?${query}`);
      expect(emailsOf(answer)).toEqual(emails.slice(from, to));
      expect(answer.body.totalCount).toBe(5);
    }
  });

  it('200: the role restricted finds and counts itself alone', async () => {
    const restricted = await world.company.user('restricted');
    const answer = await restricted.get('/v1/users');
    expect(emailsOf(answer)).toEqual([restricted.email]);
    expect(answer.body.totalCount).toBe(1);
  });

  it('200: another company finds none of them', async () => {
    await newUser(world.company);
    const company = await world.server.company();
    expect(emailsOf(await company.admin.get('/v1/users'))).toEqual([company.admin.email]);
  });

  it.each(['limit=201', 'limit=-1', 'limit=all', 'offset=-1', 'offset=x'])('400: %s', async (query) => {
    const { status, body } = await world.company.admin.get(`/v1/users?${query}`);
    expect([status, body.message.split(': ')[0]]).toEqual([400, query.split('=')[0]]);
  });
});
