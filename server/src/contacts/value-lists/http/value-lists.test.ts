import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, startServer, type TestCompany, type TestServer } from '../../../../test/harness.ts';

let server: TestServer;
let company: TestCompany;
let other: TestCompany;
let admin: Caller;
let member: Caller;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
  other = await server.company();
  admin = await company.user('admin');
  member = await company.user('team_member');
});
afterAll(() => server.close());

/** The jobs that wait for contacts with this reference. */
const recompositions = (ref: string) =>
  server.sql("select payload from outbox where topic = 'contacts.recompose' and payload ->> 'ref' = $1", [
    ref,
  ]);

describe('GET /v1/statuses', () => {
  it('200: a new company starts with four', async () => {
    const fresh = await server.company();
    const { body } = await fresh.admin.get('/v1/statuses');
    expect(body.statuses.map(({ value }: { value: string }) => value)).toEqual([
      'Lead',
      'Outreach Made',
      'Passive',
      'Engaged',
    ]);
    expect(body.totalCount).toBe(4);
  });
});

describe.each([
  { path: '/v1/globaltags', plural: 'globalTags', kind: 'global-tag' },
  { path: '/v1/statuses', plural: 'statuses', kind: 'contact-status' },
])('$path', ({ path, plural, kind }) => {
  const entry = async (value = `Value ${randomUUID()}`) => (await admin.post(path, { value })).body;

  describe('GET', () => {
    it('200: every user reads the list, oldest first, a page at a time', async () => {
      const own = await server.company();
      const before = (await own.admin.get(path)).body.totalCount;
      for (const value of ['One', 'Two', 'Three']) await own.admin.post(path, { value });
      const reader = await own.user('restricted');
      const { status, body } = await reader.get(`${path}?offset=${before + 1}&limit=1`);
      expect(status).toBe(200);
      expect(body.totalCount).toBe(before + 3);
      expect(body[plural]).toEqual([{ id: expect.any(String), value: 'Two' }]);
    });

    it("200: nothing of another company's", async () => {
      const { id } = await entry();
      const { body } = await other.admin.get(path);
      expect(body[plural].map((one: { id: string }) => one.id)).not.toContain(id);
    });

    it('400: a limit over 200', async () => {
      expect((await member.get(`${path}?limit=201`)).status).toBe(400);
    });

    it('401: without a token', async () => {
      expect((await server.call('GET', path)).status).toBe(401);
    });
  });

  describe('POST', () => {
    it('200: answers the entry and where it is, and leaves an audit row', async () => {
      const { status, body, headers } = await admin.post(path, { value: '  Silver  ' });
      expect(status).toBe(200);
      expect(body).toEqual({ id: expect.any(String), value: 'Silver' });
      expect(headers.get('location')).toBe(`${path}/${body.id}`);
      const rows = await server.sql(
        'select action, subject_kind, fields from audit_entry where subject_id = $1',
        [body.id],
      );
      expect(rows).toEqual([{ action: `${kind}.create`, subject_kind: kind, fields: ['value'] }]);
    });

    it('200: another company may have the same value', async () => {
      const { value } = await entry();
      expect((await other.admin.post(path, { value })).status).toBe(200);
    });

    it.each([
      ['nothing', {}, 'value: is required'],
      ['null', { value: null }, 'value: must be a string'],
      ['blanks', { value: ' ' }, 'value: must not be empty'],
      ['201 characters', { value: 'x'.repeat(201) }, 'value: must be at most 200 characters long'],
    ])('400: %s', async (_what, body, message) => {
      const answer = await admin.post(path, body);
      expect(answer.status).toBe(400);
      expect(answer.body.message).toBe(message);
    });

    it('401: without a token', async () => {
      expect((await server.call('POST', path, { body: { value: 'x' } })).status).toBe(401);
    });

    it.each(['team_member', 'limited', 'marketing_admin', 'restricted', 'recruiter_confidential'] as const)(
      '403: for the role %s',
      async (role) => {
        const user = await company.user(role);
        expect((await user.post(path, { value: 'x' })).status).toBe(403);
      },
    );

    it('409: a value that is there, whatever its case', async () => {
      const { value } = await entry();
      expect((await admin.post(path, { value: value.toUpperCase() })).status).toBe(409);
    });

    it('409: of two at once with one value, one is made', async () => {
      const made = await Promise.all(
        ['Same moment', 'same MOMENT'].map((value) => admin.post(path, { value })),
      );
      expect(made.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });

  describe('GET one', () => {
    it('200: every user reads it', async () => {
      const made = await entry();
      expect((await member.get(`${path}/${made.id}`)).body).toEqual(made);
    });

    it('401: without a token', async () => {
      expect((await server.call('GET', `${path}/${randomUUID()}`)).status).toBe(401);
    });

    it("404: unknown and another company's", async () => {
      const { id } = await entry();
      const answers = [
        await member.get(`${path}/${randomUUID()}`),
        await member.get(`${path}/none`),
        await other.admin.get(`${path}/${id}`),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
      expect(new Set(answers.map(({ body }) => body.message)).size).toBe(1);
    });
  });

  describe('PATCH', () => {
    it('200: renames it and has its contacts composed anew', async () => {
      const { id } = await entry();
      const { status, body } = await admin.patch(`${path}/${id}`, { value: `Renamed ${kind}` });
      expect(status).toBe(200);
      expect(body).toEqual({ id, value: `Renamed ${kind}` });
      expect(await recompositions(id)).toEqual([{ payload: { ref: id } }]);
      expect((await admin.patch(`${path}/${id}`, { value: `RENAMED ${kind}` })).status).toBe(200);
    });

    it('200: what it answered can be sent back, and changes nothing', async () => {
      const made = await entry();
      const { body, headers } = await admin.patch(`${path}/${made.id}`, made);
      expect(body).toEqual(made);
      expect(headers.get('x-ignored-fields')).toBeNull();
      expect(await recompositions(made.id)).toEqual([]);
    });

    it('400: without a value', async () => {
      const { id } = await entry();
      expect((await admin.patch(`${path}/${id}`, {})).status).toBe(400);
      expect((await admin.patch(`${path}/${id}`, { value: ' ' })).status).toBe(400);
    });

    it('401: without a token', async () => {
      const answer = await server.call('PATCH', `${path}/${randomUUID()}`, { body: { value: 'x' } });
      expect(answer.status).toBe(401);
    });

    it('403: without the right to change settings', async () => {
      const { id } = await entry();
      expect((await member.patch(`${path}/${id}`, { value: 'x' })).status).toBe(403);
    });

    it("404: unknown and another company's", async () => {
      const { id } = await entry();
      expect((await admin.patch(`${path}/${randomUUID()}`, { value: 'x' })).status).toBe(404);
      expect((await other.admin.patch(`${path}/${id}`, { value: 'x' })).status).toBe(404);
    });

    it('409: the value of another entry, also of two that take it at once', async () => {
      const { value } = await entry();
      const [one, two] = [await entry(), await entry()];
      expect((await admin.patch(`${path}/${one.id}`, { value: value.toUpperCase() })).status).toBe(409);
      const both = await Promise.all(
        [one, two].map(({ id }) => admin.patch(`${path}/${id}`, { value: 'Wanted by two' })),
      );
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });

  describe('DELETE', () => {
    it('200: deletes it, frees its value and has its contacts composed anew', async () => {
      const { id, value } = await entry();
      expect((await admin.delete(`${path}/${id}`)).status).toBe(200);
      expect((await admin.get(`${path}/${id}`)).status).toBe(404);
      expect(await recompositions(id)).toEqual([{ payload: { ref: id } }]);
      expect((await admin.post(path, { value })).status).toBe(200);
    });

    it('401: without a token', async () => {
      expect((await server.call('DELETE', `${path}/${randomUUID()}`)).status).toBe(401);
    });

    it('403: without the right to change settings', async () => {
      const { id } = await entry();
      expect((await member.delete(`${path}/${id}`)).status).toBe(403);
    });

    it("404: unknown and another company's; of two at once, one finds it gone", async () => {
      const { id } = await entry();
      expect((await other.admin.delete(`${path}/${id}`)).status).toBe(404);
      const both = await Promise.all([1, 2].map(() => admin.delete(`${path}/${id}`)));
      expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    });
  });
});
