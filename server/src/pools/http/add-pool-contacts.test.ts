import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  made,
  newContact,
  newPool,
  newPoolType,
  poolPath,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const path = (id: string) => poolPath(id, '/contacts');
const pool = async (more: object = {}) => (await newPool(world.company.admin, more)).id;
const add = (id: string, body: unknown) => world.company.admin.put(path(id), body);
const contact = (more: object = {}) => newContact(world.company.admin, more);
const contacts = (count: number) => Promise.all(Array.from({ length: count }, () => contact()));
const idsOf = (records: { id: string }[]) => records.map(({ id }) => id);
const read = async (id: string) => (await world.company.admin.get(contactPath(id))).body;
const total = async (id: string) => (await world.company.admin.get(path(id))).body.totalCount;

/** So many contacts, made past the product, which would take its time. */
async function manyContacts(count: number): Promise<string[]> {
  const [{ id }] = [await contact()];
  const rows = await world.server.sql<{ id: string }>(
    `insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, wire)
     select c.company_id, w.id, w.at, 0, w.at, 0, replace(c.wire::text, $1, w.id::text)::json
     from contact c, generate_series(1, $2::int) n,
       lateral (select gen_random_uuid() as id, now() - n * interval '1 s' as at) w
     where c.id = $1::uuid
     returning id`,
    [id, count],
  );
  return idsOf(rows);
}

describe('PUT /v1/pool/{poolid}/contacts', () => {
  knowsItsCallers(world, 'PUT', async () => ({
    path: path(await pool()),
    body: { id: (await contact()).id },
  }));
  keepsCompaniesApart(world, 'PUT', pool, path, { body: { id: randomUUID() } });

  it('200: one by `id`: it spells out the pool, a version and a time on, and audit rows are there', async () => {
    const { id, name } = await newPool(world.company.admin);
    const before = await contact();
    const { status, body } = await add(id, { id: before.id });
    expect(status).toBe(200);
    expect(body).toEqual({ code: 200, message: 'contacts added: 1; in the pool already: 0' });
    const after = await read(before.id);
    expect(after).toEqual({ ...before, lists: [{ id, name }], version: 2, updatedTime: after.updatedTime });
    expect(after.updatedTime > before.updatedTime).toBe(true);
    expect(await auditTrail(world.server, before.id)).toEqual(['contact.create', 'contact.update']);
    expect(await auditTrail(world.server, id)).toEqual(['pool.create', 'pool.add-contacts']);
  });

  it('200: several by `ids`; those in it already are left alone, and one that is named twice counts once', async () => {
    const id = await pool();
    const [old, ...fresh] = await contacts(3);
    await made(add(id, { id: old.id }));
    const before = await read(old.id);
    const { body } = await add(id, { ids: [...idsOf(fresh), old.id, fresh[0].id.toUpperCase()] });
    expect(body.message).toBe('contacts added: 2; in the pool already: 1');
    expect(await read(old.id)).toEqual(before);
    expect(await total(id)).toBe(3);
    const again = await add(id, { ids: idsOf(fresh) });
    expect(again.body.message).toBe('contacts added: 0; in the pool already: 2');
    expect(await auditTrail(world.server, id)).toEqual([
      'pool.create',
      'pool.add-contacts',
      'pool.add-contacts',
    ]);
  });

  it('200: a thousand at once, each with its own seat in time', async () => {
    const id = await pool();
    const ids = await manyContacts(1000);
    const { status, body } = await add(id, { ids });
    expect(status).toBe(200);
    expect(body.message).toBe('contacts added: 1000; in the pool already: 0');
    expect(await total(id)).toBe(1000);
    const [{ wrong, crowded }] = (await world.server.sql(
      `select
         (select count(*)::int from contact c where c.id = any ($1)
            and (c.wire::jsonb -> 'lists' <> (select jsonb_build_array(jsonb_build_object('id', p.id, 'name', p.name)) from pool p where p.id = $2)
              or c.version <> 2 or (c.wire ->> 'version')::int <> 2 or not c.refs @> array[$2::uuid]
              or (c.wire ->> 'updatedTime')::timestamptz <> c.updated_at)) as wrong,
         (select coalesce(max(n), 0)::int from (
            select count(*) as n from contact c where c.id = any ($1) group by c.updated_at) g) as crowded`,
      [ids, id],
    )) as [{ wrong: number; crowded: number }];
    expect(wrong).toBe(0);
    expect(crowded).toBeLessThanOrEqual(100);
  });

  it('200: an archived contact may be put into a pool', async () => {
    const { id } = await contact();
    const into = await pool();
    await made(world.company.admin.post(contactPath(id, '/archive')));
    expect((await add(into, { id })).status).toBe(200);
    expect((await read(id)).lists).toMatchObject([{ id: into }]);
  });

  it('200: they begin at the first step of the pool’s type', async () => {
    const type = await newPoolType(world.company, ['Met', 'Called']);
    const id = await pool({ poolType: { id: type.id } });
    const one = await contact();
    await made(add(id, { id: one.id }));
    const { body } = await world.company.admin.get(path(id));
    expect(body.contacts[0].step).toMatchObject({ id: type.steps.values[0].id, value: 'Met' });
  });

  it('200: of twenty clients that add overlapping sets to two pools nothing is lost', async () => {
    const [one, two] = [await newPool(world.company.admin), await newPool(world.company.admin)];
    const all = await contacts(30);
    const requests = Array.from({ length: 20 }, (_, client) => {
      const given = idsOf(all).filter((_id, index) => (index + client) % 3 !== 0);
      if (client % 2) given.reverse();
      return add(client % 4 < 2 ? one.id : two.id, { ids: given });
    });
    const answers = await Promise.all(requests);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const added = answers.map(({ body }) => Number(/added: (\d+)/.exec(body.message)![1]));
    expect(added.reduce((sum, count) => sum + count)).toBe(60);
    expect([await total(one.id), await total(two.id)]).toEqual([30, 30]);
    for (const { id, version } of all) {
      const after = await read(id);
      expect(idsOf(after.lists).toSorted()).toEqual([one.id, two.id].toSorted());
      expect(after.version).toBe(version + 2);
    }
  });

  it('200: while others change the same contacts, both count', async () => {
    const id = await pool();
    const other = await pool();
    const all = await contacts(8);
    const answers = await Promise.all([
      add(id, { ids: idsOf(all) }),
      ...all.map((one) => world.company.admin.patch(contactPath(one.id), { skills: ['COBOL'] })),
      add(other, { ids: idsOf(all).reverse() }),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const one of all) {
      const after = await read(one.id);
      expect(after).toMatchObject({ skills: ['COBOL'], version: 4 });
      expect(idsOf(after.lists).toSorted()).toEqual([id, other].toSorted());
    }
  });

  it('404 or 200: a pool that is deleted meanwhile: nobody is left in it', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 10; round++) {
      const id = await pool();
      const all = await contacts(3);
      const [added, gone] = await Promise.all([add(id, { ids: idsOf(all) }), admin.delete(poolPath(id))]);
      expect(gone.status).toBe(200);
      expect([200, 404]).toContain(added.status);
      expect(await world.server.sql('select from pool_member where pool_id = $1', [id])).toEqual([]);
      for (const one of all) {
        expect((await read(one.id)).version).toBe(added.status === 200 ? 2 : 1);
        expect((await admin.get(contactPath(one.id, '/pools'))).body.pools).toEqual([]);
      }
    }
  });

  it.each([
    ['neither', {}, 'body: must have either the id of a contact or the ids of several'],
    [
      'both',
      { id: randomUUID(), ids: [randomUUID()] },
      'body: must have either the id of a contact or the ids of several',
    ],
    ['no ids', { ids: [] }, 'ids: must have at least 1 entry'],
    [
      'too many ids',
      { ids: Array.from({ length: 1001 }, () => randomUUID()) },
      'ids: must have at most 1000 entries',
    ],
    ['an id that is no text', { id: 5 }, 'id: must be a string'],
    ['an id that is no id', { ids: ['none'] }, 'ids[0]: must be the id of a contact; none is none'],
  ])('400: %s', async (_what, body, message) => {
    const answer = await add(await pool(), body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(message);
  });

  it('400: the pool’s own id is no contact', async () => {
    const id = await pool();
    const answer = await add(id, { id });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(`id: must be the id of a contact; ${id} is none`);
  });

  it("400: of a thousand one is another company's: it is named, and nothing is changed", async () => {
    const id = await pool();
    const ids = await manyContacts(999);
    const foreign = (await newContact(world.other.admin)).id;
    ids.splice(17, 0, foreign);
    const answer = await add(id, { ids });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(`ids[17]: must be the id of a contact; ${foreign} is none`);
    expect(await total(id)).toBe(0);
    const changed = await world.server.sql('select from contact where id = any ($1) and version > 1', [ids]);
    expect(changed).toEqual([]);
    expect(await auditTrail(world.server, id)).toEqual(['pool.create']);
  });

  it('400: one that is deleted, anonymised, confidential or never was, all alike', async () => {
    const { admin } = world.company;
    const member = await world.company.user('team_member');
    const [deleted, anonymised, hidden] = [
      await contact(),
      await contact(),
      await contact({ confidential: true }),
    ];
    await made(admin.delete(contactPath(deleted.id)));
    await made(admin.post(contactPath(anonymised.id, '/anonymize')));
    const id = await pool();
    for (const unknown of [deleted.id, anonymised.id, hidden.id, randomUUID()]) {
      const answer = await member.put(path(id), { ids: [unknown] });
      expect(answer.status).toBe(400);
      expect(answer.body.message).toBe(`ids[0]: must be the id of a contact; ${unknown} is none`);
    }
    expect((await add(id, { id: hidden.id })).status).toBe(200);
  });

  it('400: a contact that is in 500 pools already is named, and nothing is changed', async () => {
    const [full, other] = await contacts(2);
    const many = await world.server.sql<{ id: string; name: string }>(
      `insert into pool (company_id, id, name) select $1, gen_random_uuid(), 'One of many' from generate_series(1, 500)
       returning id, name`,
      [world.company.id],
    );
    await made(world.company.admin.patch(contactPath(full.id), { lists: many }));
    const id = await pool();
    const answer = await add(id, { ids: [other.id, full.id] });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toBe(
      `ids[1]: must be a contact that is in fewer than 500 pools; ${full.id} is in as many`,
    );
    expect((await read(other.id)).version).toBe(1);
    expect(await total(id)).toBe(0);
  });

  it.each(['limited', 'recruiter_team_member', 'recruiter_confidential'] as const)(
    '403: for %s',
    async (role) => {
      const caller = await world.company.user(role);
      const { id } = await contact({ assignedTo: caller.id });
      expect((await caller.put(path(await pool()), { id })).status).toBe(403);
    },
  );

  it('403 and 404: for the role restricted, as it sees the pool or not', async () => {
    const restricted = await world.company.user('restricted');
    const given = await pool({ shares: { users: [restricted.id] } });
    const { id } = await contact({ assignedTo: restricted.id });
    expect((await restricted.put(path(given), { id })).status).toBe(403);
    expect((await restricted.put(path(await pool()), { id })).status).toBe(404);
  });
});
