import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import {
  auditTrail,
  contactPath,
  essence,
  made,
  newContact,
  newPool,
  poolPath,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const path = (pool: string, contact: string) => poolPath(pool, `/contacts/${contact}`);
const remove = (pool: string, contact: string) => world.company.admin.delete(path(pool, contact));

/** A pool with a contact in it. */
async function membership(more: object = {}) {
  const { admin } = world.company;
  const pool = await newPool(admin, more);
  return { pool, contact: await newContact(admin, { lists: [{ id: pool.id }] }) };
}

describe('DELETE /v1/pool/{poolid}/contacts/{contactid}', () => {
  knowsItsCallers(world, 'DELETE', async () => {
    const { pool, contact } = await membership();
    return { path: path(pool.id, contact.id) };
  });

  it('200: the contact is out, a version and a time on, and audit rows are there', async () => {
    const { pool, contact } = await membership();
    const other = await newPool(world.company.admin);
    await made(world.company.admin.put(poolPath(other.id, '/contacts'), { id: contact.id }));
    const { status, body } = await remove(pool.id, contact.id);
    expect(status).toBe(200);
    expect(body).toEqual({ code: 200, message: 'the contact is no longer in the pool' });
    const after = (await world.company.admin.get(contactPath(contact.id))).body;
    expect(after).toEqual({
      ...contact,
      lists: [{ id: other.id, name: other.name }],
      version: 3,
      updatedTime: after.updatedTime,
    });
    expect(after.updatedTime > contact.updatedTime).toBe(true);
    expect((await world.company.admin.get(poolPath(pool.id, '/contacts'))).body.totalCount).toBe(0);
    expect(await world.server.sql('select refs from contact where id = $1', [contact.id])).toEqual([
      { refs: [other.id] },
    ]);
    expect(await auditTrail(world.server, pool.id)).toEqual(['pool.create', 'pool.remove-contact']);
    expect((await auditTrail(world.server, contact.id)).slice(-1)).toEqual(['contact.update']);
  });

  it('200: an archived contact may leave too', async () => {
    const { pool, contact } = await membership();
    await made(world.company.admin.post(contactPath(contact.id, '/archive')));
    expect((await remove(pool.id, contact.id.toUpperCase())).status).toBe(200);
  });

  it('403: a contact that the caller sees in a pool that it may not change', async () => {
    const restricted = await world.company.user('restricted');
    const { pool, contact } = await membership({
      visibility: 'public',
      shares: { users: [restricted.id] },
    });
    for (const caller of [restricted, await world.company.user('limited')]) {
      expect((await caller.delete(path(pool.id, contact.id))).status).toBe(403);
    }
  });

  it('404: not in the pool, unseen, anonymised, unknown', async () => {
    const { admin } = world.company;
    const member = await world.company.user('team_member');
    const { pool, contact } = await membership();
    const outside = await newContact(admin);
    const hidden = await newContact(admin, { lists: [{ id: pool.id }], confidential: true });
    const anonymised = await newContact(admin, { lists: [{ id: pool.id }] });
    await made(admin.post(contactPath(anonymised.id, '/anonymize')));
    const answers = [];
    for (const id of [outside.id, hidden.id, anonymised.id, randomUUID(), 'none']) {
      answers.push(essence(await member.delete(path(pool.id, id))));
    }
    expect(answers).toEqual(answers.map(() => ({ status: 404, body: expect.anything() })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await remove(randomUUID(), contact.id)).status).toBe(404);
  });

  it("404: another company's pool or contact, and nothing happens to it", async () => {
    const { pool, contact } = await membership();
    const foreignPool = await newPool(world.other.admin);
    const foreign = await newContact(world.other.admin, { lists: [{ id: foreignPool.id }] });
    const { admin } = world.other;
    const answers = [
      await admin.delete(path(pool.id, contact.id)),
      await admin.delete(path(foreignPool.id, contact.id)),
      await admin.delete(path(pool.id, foreign.id)),
      await remove(pool.id, foreign.id),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await world.company.admin.get(contactPath(contact.id))).body).toEqual(contact);
    expect((await admin.get(contactPath(foreign.id))).body).toEqual(foreign);
  });

  it('404: of several at once, one takes it out', async () => {
    const { pool, contact } = await membership();
    expect(await atOnce(4, () => remove(pool.id, contact.id))).toEqual([200, 404, 404, 404]);
    expect((await world.company.admin.get(contactPath(contact.id))).body.version).toBe(2);
  });

  it('taken out and put in at once: it is in as often as it says', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 10; round++) {
      const { pool, contact } = await membership();
      await Promise.all([
        remove(pool.id, contact.id),
        admin.put(poolPath(pool.id, '/contacts'), { id: contact.id }),
        admin.patch(contactPath(contact.id), { lists: [] }),
        admin.patch(contactPath(contact.id), { lists: [{ id: pool.id }] }),
      ]);
      const { lists } = (await admin.get(contactPath(contact.id))).body;
      const rows = await world.server.sql<{ id: string }>(
        'select pool_id as id from pool_member where contact_id = $1',
        [contact.id],
      );
      expect(rows).toEqual(lists.map(({ id }: { id: string }) => ({ id })));
    }
  });
});
