import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { countRoundTrips } from '../../../test/count-round-trips.ts';
import {
  auditTrail,
  contactPath,
  made,
  newContact,
  newPool,
  newPoolType,
  poolPath,
  someEmail,
} from '../../../test/factories.ts';
import type { Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const pool = (more: object = {}) => newPool(world.company.admin, more);
const patch = (id: string, lists: unknown, caller: Caller = world.company.admin) =>
  caller.patch(contactPath(id), { lists });
const entry = ({ id, name }: { id: string; name: string }) => ({ id, name });
const rowsOf = async (id: string) =>
  (
    await world.server.sql<{ pool_id: string }>(
      'select pool_id from pool_member where contact_id = $1 order by pool_id',
      [id],
    )
  ).map((row) => row.pool_id);

describe("a contact's lists", () => {
  it('200: PATCH replaces them whole; those that stay keep their date and step', async () => {
    const { admin } = world.company;
    const type = await newPoolType(world.company, ['Met', 'Called']);
    const [one, two, three] = [await pool({ poolType: { id: type.id } }), await pool(), await pool()];
    const { id } = await newContact(admin, { lists: [{ id: one.id }, { id: two.id }] });
    const [met, called] = type.steps.values;
    await made(admin.put(poolPath(one.id, `/contacts/${id}/step`), { id: called.id }));
    const before = (await admin.get(contactPath(id, '/pools'))).body.pools;
    const { status, body } = await patch(id, [
      { id: three.id },
      { id: one.id.toUpperCase() },
      { id: one.id },
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ lists: [entry(one), entry(three)], version: 2 });
    expect(await rowsOf(id)).toEqual([one.id, three.id].sort());
    const { pools } = (await admin.get(contactPath(id, '/pools'))).body;
    expect(pools[0]).toEqual(before.find((kept: { id: string }) => kept.id === one.id));
    expect(pools[0].step.id).not.toBe(met.id);
    expect(pools[1].id).toBe(three.id);
    expect((await patch(id, null)).body.lists).toEqual([]);
    expect(await rowsOf(id)).toEqual([]);
    expect(await auditTrail(world.server, id)).toEqual([
      'contact.create',
      'pool.step',
      'contact.update',
      'contact.update',
    ]);
  });

  it('200: POST puts a new contact into pools, and replaces those of one that is there', async () => {
    const { admin } = world.company;
    const type = await newPoolType(world.company, ['Met']);
    const [one, two] = [await pool({ poolType: { id: type.id } }), await pool()];
    const emails = [someEmail()];
    const post = (lists: unknown) => made(admin.post('/v1/contact', { emails, lists }));
    const { id, lists } = await post([{ id: one.id, name: 'whatever' }]);
    expect(lists).toEqual([entry(one)]);
    expect((await admin.get(contactPath(id, '/pools'))).body.pools[0].step.value).toBe('Met');
    expect((await post([{ id: two.id }])).lists).toEqual([entry(two)]);
    expect(await rowsOf(id)).toEqual([two.id]);
    expect((await admin.get(poolPath(one.id, '/contacts'))).body.totalCount).toBe(0);
  });

  it('200: what is sent back changes nothing, in whatever order, also where the caller may not write pools', async () => {
    const limited = await world.company.user('limited');
    const before = await newContact(world.company.admin, {
      assignedTo: limited.id,
      lists: [await pool(), await pool()],
    });
    for (const caller of [world.company.admin, limited]) {
      expect((await caller.patch(contactPath(before.id), before)).body).toEqual(before);
      expect((await patch(before.id, before.lists.toReversed(), caller)).body).toEqual(before);
    }
    expect(await auditTrail(world.server, before.id)).toEqual(['contact.create']);
  });

  it('200: one that was deleted a moment ago is dropped without a word when others change', async () => {
    const { admin } = world.company;
    const [gone, fresh] = [await pool(), await pool()];
    const before = await newContact(admin, { lists: [gone] });
    await made(admin.delete(poolPath(gone.id)));
    expect((await patch(before.id, before.lists)).status).toBe(200);
    const { status, body } = await patch(before.id, [...before.lists, fresh]);
    expect(status).toBe(200);
    expect(body.lists).toEqual([entry(fresh)]);
    expect(await rowsOf(before.id)).toEqual([fresh.id]);
  });

  it('200: a change of pools takes one round trip more than another, to look them up', async () => {
    const { admin } = world.company;
    const lists = [await pool(), await pool()];
    const { id } = await newContact(admin);
    const cost = countRoundTrips(world.server.database);
    const { roundTrips, transactions } = await cost(() => made(patch(id, lists)));
    expect(transactions).toBe(1);
    expect(roundTrips).toBeLessThanOrEqual(5);
  });

  it("400: a pool that does not exist, another company's like one that never was, and nothing is changed", async () => {
    const { id } = await newContact(world.company.admin);
    const mine = await pool();
    const foreign = await newPool(world.other.admin);
    for (const unknown of [foreign.id, randomUUID(), 'none']) {
      for (const answer of [
        await patch(id, [{ id: mine.id }, { id: unknown }]),
        await world.company.admin.post('/v1/contact', {
          emails: [someEmail()],
          lists: [{ id: mine.id }, { id: unknown }],
        }),
      ]) {
        expect(answer.status).toBe(400);
        expect(answer.body.message).toBe('lists[1].id: must be the id of a pool; GET /v1/pools lists them');
      }
    }
    expect(await rowsOf(id)).toEqual([]);
    expect((await world.company.admin.get(poolPath(mine.id, '/contacts'))).body.totalCount).toBe(0);
  });

  it('400: more than 500, also together with those that are there', async () => {
    const many = await world.server.sql<{ id: string }>(
      `insert into pool (company_id, id, name) select $1, gen_random_uuid(), 'One of many' from generate_series(1, 501)
       returning id`,
      [world.company.id],
    );
    const { id } = await newContact(world.company.admin);
    expect((await patch(id, many)).body.message).toBe('lists: must have at most 500 entries');
    expect((await patch(id, many.slice(1))).status).toBe(200);
  });

  it.each(['limited', 'recruiter_team_member'] as const)(
    '403: for %s, putting in and taking out; 400 for a pool that is none',
    async (role) => {
      const caller = await world.company.user(role);
      const [one, two] = [await pool(), await pool()];
      const { id } = await newContact(world.company.admin, { assignedTo: caller.id, lists: [one] });
      expect((await patch(id, [one, two], caller)).status).toBe(403);
      expect((await patch(id, [], caller)).status).toBe(403);
      expect((await patch(id, [{ id: randomUUID() }], caller)).status).toBe(400);
      const create = { fullName: 'New', lists: [one] };
      expect((await caller.post('/v1/contact', create)).status).toBe(403);
      expect(await rowsOf(id)).toEqual([one.id]);
    },
  );

  it('of many at once the last one counts, and the rows say the same', async () => {
    const { admin } = world.company;
    const pools = await Promise.all(Array.from({ length: 4 }, () => pool()));
    const { id } = await newContact(admin);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        patch(
          id,
          pools.filter((_pool, each) => (index >> each) & 1),
        ),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const { lists } = (await admin.get(contactPath(id))).body;
    expect(lists.map((list: { id: string }) => list.id).toSorted()).toEqual(await rowsOf(id));
    const counts = await Promise.all(
      pools.map(async (one) => (await admin.get(poolPath(one.id, '/contacts'))).body.totalCount),
    );
    expect(counts.reduce((sum, count) => sum + count)).toBe(lists.length);
  });

  it('a pool whose first step goes at the same time takes the contact at the one that is left', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 5; round++) {
      const type = await newPoolType(world.company, ['Met', 'Called']);
      const into = await pool({ poolType: { id: type.id } });
      const { id } = await newContact(admin);
      const [removed, placed] = await Promise.all([
        admin.patch(`/v1/pooltype/${type.id}`, { steps: { values: [type.steps.values[1]] } }),
        patch(id, [into]),
      ]);
      expect([200, 409]).toContain(removed.status);
      expect(placed.status).toBe(200);
      const { step } = (await admin.get(contactPath(id, '/pools'))).body.pools[0];
      expect(step.value).toBe(removed.status === 200 ? 'Called' : 'Met');
    }
  });
});
