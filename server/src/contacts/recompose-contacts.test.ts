import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestCompany, type TestServer } from '../../test/harness.ts';
import { spellers } from '../spellers.ts';
import { recomposeContacts } from './recompose-contacts.ts';

let server: TestServer;
let company: TestCompany;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
});
afterAll(() => server.close());

/** What the worker would run for the company's waiting rows. */
async function runWaitingJobs(): Promise<void> {
  const rows = await server.sql<{ ref: string }>(
    `update outbox set status = 'done' where company_id = $1 and topic = 'contacts.recompose' and status = 'pending'
     returning payload ->> 'ref' as ref`,
    [company.id],
  );
  for (const { ref } of rows) await recomposeContacts(server.database, spellers, company.id, ref);
}

it('a renamed tag, status, field and option read anew in every contact, without a new version', async () => {
  const { admin } = company;
  const tag = (await admin.post('/v1/globaltags', { value: 'Alumni' })).body;
  const field = (
    await admin.post('/v1/contact/customfields', {
      name: 'grade',
      type: 'singleSelect',
      options: [{ label: 'A' }, { label: 'B' }],
    })
  ).body;
  const status = (await admin.post('/v1/statuses', { value: 'Warm' })).body;
  const before = (
    await admin.post('/v1/contact', {
      fullName: 'Rosalind Franklin',
      globalTags: [{ id: tag.id }],
      status: { value: 'warm' },
      customFields: [{ id: field.id, value: 'a' }],
    })
  ).body;
  expect(before.customFields[0]).toMatchObject({ value: field.options[0].id, displayValue: 'A' });

  await admin.patch(`/v1/globaltags/${tag.id}`, { value: 'Alumna' });
  await admin.patch(`/v1/statuses/${status.id}`, { value: 'Hot' });
  await admin.patch(`/v1/contact/customfields/${field.id}`, {
    displayName: 'Grade',
    options: [{ id: field.options[0].id, label: 'Excellent' }, field.options[1]],
  });
  await runWaitingJobs();

  const { body: after } = await admin.get(`/v1/contact/${before.id}`);
  expect(after).toEqual({
    ...before,
    globalTags: [{ id: tag.id, value: 'Alumna' }],
    status: { id: status.id, value: 'Hot' },
    customFields: [{ ...before.customFields[0], displayName: 'Grade', displayValue: 'Excellent' }],
  });
});

it('what is deleted leaves every contact, also one that is anonymised at the time', async () => {
  const { admin } = company;
  const tag = (await admin.post('/v1/globaltags', { value: 'Passing' })).body;
  const { id } = (await admin.post('/v1/contact', { fullName: 'Lise Meitner', globalTags: [tag] })).body;
  await admin.post(`/v1/contact/${id}/anonymize`);
  await admin.delete(`/v1/globaltags/${tag.id}`);
  await runWaitingJobs();
  await admin.post(`/v1/contact/${id}/deanonymize`);
  expect((await admin.get(`/v1/contact/${id}`)).body.globalTags).toEqual([]);
  expect(await server.sql('select refs from contact where id = $1', [id])).toEqual([{ refs: [] }]);
});

it('contacts written while their tag is renamed all end with the new name', async () => {
  const { admin } = company;
  const tag = (await admin.post('/v1/globaltags', { value: 'Before' })).body;
  const writes = Array.from({ length: 20 }, (_, index) =>
    admin.post('/v1/contact', { fullName: `Racer ${index}`, globalTags: [{ id: tag.id }] }),
  );
  const rename = admin.patch(`/v1/globaltags/${tag.id}`, { value: 'After' });
  const written = await Promise.all(writes);
  expect((await rename).status).toBe(200);
  await runWaitingJobs();
  const tags = await Promise.all(
    written.map(async ({ body }) => (await admin.get(`/v1/contact/${body.id}`)).body.globalTags[0].value),
  );
  expect(new Set(tags)).toEqual(new Set(['After']));
});
