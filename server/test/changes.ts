import { expect } from 'vitest';
import { newContact } from './factories.ts';
import type { Answer, Caller, TestServer } from './harness.ts';

/** A list of changes as a client was seen to ask for it. */
export const query = (since: string, offset: number, limit: number) =>
  `/v1/contacts?updated_at=${since}&updated_at_op=gte&limit=${limit}&offset=${offset}&sort_order=asc&sort_field=updatedAt`;

export const idsIn = ({ body }: Answer): string[] => body.contacts.map(({ id }: { id: string }) => id);

/** Reads by offset until total_count is reached; `between` happens after each page. */
export async function walk(
  reader: Pick<Caller, 'get'>,
  since: string,
  limit: number,
  between: (page: number) => Promise<unknown> = async () => {},
): Promise<string[]> {
  const ids: string[] = [];
  for (let total = 1, page = 1; ids.length < total; page++) {
    if (page > 200) throw new Error('the walk does not end');
    const answer = await reader.get(query(since, ids.length, limit));
    ids.push(...idsIn(answer));
    expect(answer.body.last_batch).toBe(answer.body.contacts.length);
    total = answer.body.total_count;
    await between(page);
  }
  return ids;
}

/** A new company with so many contacts, all of them changed since `since`. */
export async function crowdOf(
  server: TestServer,
  count: number,
): Promise<{ companyId: number; admin: Caller; since: string; ids: string[] }> {
  const { id: companyId, admin } = await server.company();
  const since = new Date().toISOString();
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push((await newContact(admin)).id);
  return { companyId, admin, since, ids };
}
