import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestCompany, type TestServer } from '../../../test/harness.ts';

let server: TestServer;
let company: TestCompany;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
});
afterAll(() => server.close());

const emails = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `limit${from + index}@many.example`);

describe('a contact that grows', () => {
  it('400: past the most entries of a kind, however many requests they come by', async () => {
    const { body } = await company.admin.post('/v1/contact', { emails: emails(0, 100) });
    const answer = await company.admin.post('/v1/contact', { emails: [...emails(0, 1), ...emails(100, 1)] });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(/^emails: must have at most 100 entries/);
    expect((await company.admin.get(`/v1/contact/${body.id}`)).body.emails).toHaveLength(100);
  });

  it('400: past 256 KiB, and stays as it was', async () => {
    const item = { description: 'x'.repeat(20_000) };
    const { body } = await company.admin.post('/v1/contact', { fullName: 'Large', experience: [item] });
    const answer = await company.admin.patch(`/v1/contact/${body.id}`, { experience: Array(14).fill(item) });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(/^body: a contact takes at most 262144 bytes/);
    expect((await company.admin.get(`/v1/contact/${body.id}`)).body).toEqual(body);
  });
});

describe('a refused contact', () => {
  it('400: leaves nothing behind, also not the tags it would have made', async () => {
    const before = (await company.admin.get('/v1/globaltags')).body.totalCount;
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        company.admin.post('/v1/contact', {
          fullName: 'Refused',
          customFields: [{ id: 'no field', value: 'x' }],
          globalTags: [{ value: `ghost ${index}` }],
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    expect((await company.admin.get('/v1/globaltags')).body.totalCount).toBe(before);
  });

  it('200: a hundred thousand unknown fields are ignored, some of them by name', async () => {
    const unknown = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`k${index.toString(36)}`, 0]),
    );
    const { status, headers } = await company.admin.post('/v1/contact', { fullName: 'Known', ...unknown });
    expect(status).toBe(200);
    expect(headers.get('x-ignored-fields')).toMatch(/^k0, k1, .*, and 99980 more$/);
  });
});
