import { expect, test } from 'vitest';
import { inParallel, signIn } from './client.ts';
import { walkContacts } from './fixtures/walk-contacts.ts';
import { startServer } from './server.ts';

const CONTACTS = 10_000;
const MOST_PAGES = CONTACTS / 100 + 10;

test('the documented cursor loop sees each of ten thousand contacts that were created at one moment', {
  timeout: 300_000,
}, async () => {
  const server = await startServer();
  const client = await signIn(server.url);
  const created = new Set<string>();
  await inParallel(CONTACTS, 24, async (index) => {
    const { status, body } = await client.post('/v1/contact', {
      fullName: `Imported ${index}`,
      emails: [`imported-${index}@import.example`],
      createdTime: '2019-04-01T00:00:00Z',
    });
    if (status !== 200) throw new Error(`creating contact ${index}: ${status} ${JSON.stringify(body)}`);
    created.add(body.id);
  });
  expect(created.size).toBe(CONTACTS);

  const seen = new Set<string>();
  const days = new Set<string>();
  let pages = 0;
  await walkContacts(server.url, client.token, (page) => {
    pages++;
    if (pages > MOST_PAGES) throw new Error(`after ${pages} pages the loop has not ended`);
    for (const { id, createdTime } of page) {
      seen.add(id);
      days.add(createdTime.slice(0, 10));
    }
  });
  expect(created.difference(seen).size).toBe(0);
  expect([...days]).toEqual(['2019-04-01']);
});
