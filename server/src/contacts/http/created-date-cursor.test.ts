import { describe, expect, it } from 'vitest';
import { newContact } from '../../../test/factories.ts';
import type { Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();

/** The reference's loop: every page from the time of the last contact before it, until one is not full. */
async function walk(caller: Caller, by: 'created' | 'updated', limit: number): Promise<Set<string>> {
  const seen = new Set<string>();
  let from = new Date(0).toISOString();
  for (let page = 0; page < 50; page++) {
    const { body } = await caller.get(
      `/v1/contacts?sort_field=${by}At&sort_order=asc&${by}_at_op=gte&${by}_at=${from}&limit=${limit}`,
    );
    for (const { id } of body.contacts) seen.add(id);
    if (body.contacts.length < limit) return seen;
    from = body.contacts.at(-1)[`${by}Time`];
  }
  throw new Error(`the loop does not end; it stands at ${from}`);
}

const fullest = async (companyId: number, column: 'created_at' | 'updated_at') => {
  const [row] = await world.server.sql<{ most: number }>(
    `select max(n)::int as most from (select count(*) as n from contact where company_id = $1 group by ${column}) g`,
    [companyId],
  );
  return row!.most;
};

describe('the created-date cursor', () => {
  it('200: ends and sees everyone, after an import that gave all one date', async () => {
    const { id: companyId, admin } = await world.server.company();
    const made = await Promise.all(
      Array.from({ length: 350 }, () => newContact(admin, { createdTime: '2015-09-01' })),
    );
    expect(await fullest(companyId, 'created_at')).toBeLessThanOrEqual(100);
    const wanted = Date.parse('2015-09-01T00:00:00Z');
    const moved = made.map(({ createdTime }) => Date.parse(createdTime) - wanted);
    expect(Math.min(...moved)).toBe(0);
    expect(Math.max(...moved)).toBeLessThan(1000);
    const everyone = new Set(made.map(({ id }) => id));
    expect(await walk(admin, 'created', 101)).toEqual(everyone);
    expect(await walk(admin, 'created', 200)).toEqual(everyone);
  });

  it('200: sees everyone who was there, while others are added', async () => {
    const { admin } = await world.server.company();
    const made = await Promise.all(Array.from({ length: 120 }, () => newContact(admin)));
    const [seen] = await Promise.all([
      walk(admin, 'created', 101),
      ...Array.from({ length: 60 }, () => newContact(admin)),
    ]);
    for (const { id } of made) expect(seen).toContain(id);
  });

  it('200: works by updatedTime too, after one change touched all at once', async () => {
    const { id: companyId, admin, user } = await world.server.company();
    const leaver = await user('team_member');
    const { id } = await newContact(admin, { assignedTo: leaver.id });
    await world.server.sql(
      `insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, assigned_to, sourced_by, wire)
       select company_id, made.id, created_at + n * interval '1 ms', 0, updated_at - n * interval '1 ms', 0,
         assigned_to, sourced_by, replace(wire::text, contact.id::text, made.id::text)::json
       from contact, (select n, gen_random_uuid() as id from generate_series(1, 3000) n) made
       where contact.id = $1`,
      [id],
    );
    expect((await admin.delete(`/v1/user/${leaver.id}`)).status).toBe(200);
    expect(await fullest(companyId, 'updated_at')).toBeLessThanOrEqual(100);
    expect((await walk(admin, 'updated', 200)).size).toBe(3001);
  });

  it('200: a contact that is moved off a crowded millisecond says so itself', async () => {
    const { admin } = await world.server.company();
    const createdTime = '2001-01-01T00:00:00.000Z';
    const made = await Promise.all(Array.from({ length: 101 }, () => newContact(admin, { createdTime })));
    const moved = made.filter((contact) => contact.createdTime !== createdTime);
    expect(moved.length).toBeGreaterThan(0);
    const { createdTime: said, id } = moved[0];
    const { body } = await admin.get(`/v1/contacts?created_at=${said}&created_at_op=eq`);
    expect(body.contacts.map((contact: { id: string }) => contact.id)).toContain(id);
  });
});
