import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { contactPath, newContact } from '../../../test/factories.ts';
import type { Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const PATH = '/v1/contacts/deleted';

/** A company with one contact gone in each way, in this order. */
async function threeGone() {
  const company = await world.server.company();
  const { admin } = company;
  const [anonymised, deleted, archived, stays] = await Promise.all(
    [1, 2, 3, 4].map(async () => (await newContact(admin)).id),
  );
  await admin.post(contactPath(anonymised, '/anonymize'));
  await admin.delete(contactPath(deleted));
  await admin.post(contactPath(archived, '/archive'));
  return { company, admin, anonymised, deleted, archived, stays };
}

async function gone(caller: Caller, more: object = {}): Promise<string> {
  const { id } = await newContact(caller, more);
  await caller.delete(contactPath(id));
  return id;
}

describe('GET /v1/contacts/deleted', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: PATH }));

  it('200: whatever is gone, the first gone first; another company sees none of it', async () => {
    const { admin, anonymised, deleted, archived } = await threeGone();
    const { status, body } = await admin.get(PATH);
    expect([status, body]).toEqual([200, { ids: [anonymised, deleted, archived], totalCount: 3 }]);
    expect((await world.other.admin.get(PATH)).body).toEqual({ ids: [], totalCount: 0 });
  });

  it('200: by type, in both spellings', async () => {
    const { admin, anonymised, deleted, archived } = await threeGone();
    const of = async (type: string) => (await admin.get(`${PATH}?type=${type}`)).body;
    expect(await of('deleted')).toEqual({ ids: [deleted], totalCount: 1 });
    expect(await of('archived')).toEqual({ ids: [archived], totalCount: 1 });
    expect(await of('anonymised')).toEqual({ ids: [anonymised], totalCount: 1 });
    expect(await of('anonymized')).toEqual({ ids: [anonymised], totalCount: 1 });
  });

  it('200: what comes back is no longer in it', async () => {
    const { admin, anonymised, deleted, archived } = await threeGone();
    await admin.post(contactPath(anonymised, '/deanonymize'));
    await admin.post(contactPath(archived, '/unarchive'));
    expect((await admin.get(PATH)).body).toEqual({ ids: [deleted], totalCount: 1 });
  });

  it('200: what is archived and then deleted is there once, as deleted, when it was deleted', async () => {
    const { admin, anonymised, deleted, archived } = await threeGone();
    const later = await gone(admin);
    await admin.delete(contactPath(archived));
    expect((await admin.get(PATH)).body.ids).toEqual([anonymised, deleted, later, archived]);
    expect((await admin.get(`${PATH}?type=archived`)).body.totalCount).toBe(0);
  });

  it('200: only what is gone since a time', async () => {
    const { admin, archived } = await threeGone();
    const { archivedAt } = (await admin.get(contactPath(archived))).body;
    const since = async (time: string) =>
      (await admin.get(`${PATH}?since=${encodeURIComponent(time)}`)).body.totalCount;
    expect(await since('2000-01-01')).toBe(3);
    expect(await since(archivedAt)).toBe(1);
    expect(await since('2999-01-01T00:00:00+02:00')).toBe(0);
  });

  it('200: a hundred at a time, those of one moment by id, and the count is of all', async () => {
    const { id: companyId, admin } = await world.server.company();
    const ids = (
      await Promise.all(Array.from({ length: 130 }, async () => (await newContact(admin)).id as string))
    ).toSorted();
    await world.server.sql('update contact set deleted_at = now(), wire = null where company_id = $1', [
      companyId,
    ]);
    const first = (await admin.get(PATH)).body;
    expect(first).toEqual({ ids: ids.slice(0, 100), totalCount: 130 });
    const second = (await admin.get(`${PATH}?afterId=${first.ids.at(-1)}&type=deleted`)).body;
    expect(second).toEqual({ ids: ids.slice(100), totalCount: 130 });
    const third = (await admin.get(`${PATH}?afterId=${second.ids.at(-1)}`)).body;
    expect(third).toEqual({ ids: [], totalCount: 130 });
  });

  it('200: afterId may be of another type than asked for', async () => {
    const { admin, anonymised, deleted } = await threeGone();
    const { body } = await admin.get(`${PATH}?type=deleted&afterId=${anonymised}`);
    expect(body).toEqual({ ids: [deleted], totalCount: 1 });
  });

  it('200: each reader learns of what it could see', async () => {
    const { company, admin, anonymised, deleted, archived } = await threeGone();
    const [limited, confidential] = await Promise.all([
      company.user('limited'),
      company.user('confidential'),
    ]);
    const own = await gone(admin, { assignedTo: limited.id });
    const secret = await gone(admin, { confidential: true });
    expect((await limited.get(PATH)).body).toEqual({ ids: [own], totalCount: 1 });
    const all = [anonymised, deleted, archived, own, secret];
    expect((await confidential.get(PATH)).body.ids).toEqual(all);
    const member = await company.user('team_member');
    expect((await member.get(PATH)).body.ids).toEqual(all.slice(0, 4));
  });

  it('400: an afterId that is not gone, or not for this reader, like one that never was', async () => {
    const { admin, stays } = await threeGone();
    const foreign = await gone(world.other.admin);
    const answers = await Promise.all(
      [stays, foreign, randomUUID(), 'first'].map((id) => admin.get(`${PATH}?afterId=${id}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
    expect(new Set(answers.map(({ body }) => body.message)).size).toBe(1);
    expect(answers[0]!.body.message).toMatch(/^afterId: /);
  });

  it.each([
    ['type=gone', 'type'],
    ['since=lately', 'since'],
  ])('400: %s', async (query, field) => {
    const { status, body } = await world.company.admin.get(`${PATH}?${query}`);
    expect([status, body.message.split(': ')[0]]).toEqual([400, field]);
  });
});
