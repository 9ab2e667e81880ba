import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { auditTrail, contactPath, newContact, newPool, poolPath } from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const pool = async (more: object = {}) => (await newPool(world.company.admin, more)).id;

describe('DELETE /v1/pool/{poolid}', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: poolPath(await pool()) }));
  keepsCompaniesApart(world, 'DELETE', pool, poolPath);

  it('200: the pool and its memberships are gone, its contacts stay', async () => {
    const { admin } = world.company;
    const id = await pool({ shares: { users: [admin.id] } });
    const contact = await newContact(admin, { lists: [{ id }] });
    const { status, body } = await admin.delete(poolPath(id));
    expect(status).toBe(200);
    expect(body).toEqual({ code: 200, message: 'the pool was deleted' });
    expect((await admin.get(poolPath(id))).status).toBe(404);
    expect((await admin.get(poolPath(id, '/contacts'))).status).toBe(404);
    expect((await admin.get(contactPath(contact.id, '/pools'))).body.pools).toEqual([]);
    expect((await admin.get(contactPath(contact.id))).body.version).toBe(1);
    expect(await world.server.sql('select from pool_member where pool_id = $1', [id])).toEqual([]);
    expect(await auditTrail(world.server, id)).toEqual(['pool.create', 'pool.delete']);
  });

  it('403: a pool that the caller sees but may not delete', async () => {
    const restricted = await world.company.user('restricted');
    const id = await pool({ shares: { users: [restricted.id] } });
    const limited = await world.company.user('limited');
    expect((await restricted.delete(poolPath(id))).status).toBe(403);
    expect((await limited.delete(poolPath(id))).status).toBe(403);
    expect((await world.company.admin.get(poolPath(id))).status).toBe(200);
  });

  it('404: one that the role restricted does not see', async () => {
    const restricted = await world.company.user('restricted');
    expect((await restricted.delete(poolPath(await pool()))).status).toBe(404);
  });

  it('404: of several at once, one deletes', async () => {
    const id = await pool();
    expect(await atOnce(4, () => world.company.admin.delete(poolPath(id)))).toEqual([200, 404, 404, 404]);
  });
});
