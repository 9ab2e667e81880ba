import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../../test/at-once.ts';
import { keepsCompaniesApart, knowsItsCallers } from '../../../../test/every-operation.ts';
import { auditTrail, made, newPool, newPoolType, poolPath } from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';

const world = twoCompanies();
const path = (id: string) => `/v1/pooltype/${id}`;
const type = async () => (await newPoolType(world.company, ['Met'])).id;

describe('DELETE /v1/pooltype/{pooltypeid}', () => {
  knowsItsCallers(world, 'DELETE', async () => ({ path: path(await type()) }));
  keepsCompaniesApart(world, 'DELETE', type, path);

  it('200: the type is gone, its name is free again, and an audit row is there', async () => {
    const { admin } = world.company;
    const { id, name } = await newPoolType(world.company, ['Met']);
    const { status, body } = await admin.delete(path(id));
    expect(status).toBe(200);
    expect(body).toEqual({ code: 200, message: 'the pool type was deleted' });
    expect((await admin.get(path(id))).status).toBe(404);
    expect((await admin.post('/v1/pooltype', { name })).status).toBe(200);
    expect(await auditTrail(world.server, id)).toEqual(['pool-type.create', 'pool-type.delete']);
  });

  it('403: without the right to change settings', async () => {
    const member = await world.company.user('team_member');
    expect((await member.delete(path(await type()))).status).toBe(403);
  });

  it('404: of two at once, one finds it gone', async () => {
    const id = await type();
    expect(await atOnce(2, () => world.company.admin.delete(path(id)))).toEqual([200, 404]);
  });

  it('409: while a pool is of this type', async () => {
    const { admin } = world.company;
    const id = await type();
    const pool = await newPool(admin, { poolType: { id } });
    expect((await admin.delete(path(id))).status).toBe(409);
    await made(admin.patch(poolPath(pool.id), { poolType: null }));
    expect((await admin.delete(path(id))).status).toBe(200);
  });

  it('a pool that takes the type while it is deleted: one of both happens', async () => {
    const { admin } = world.company;
    for (let round = 0; round < 10; round++) {
      const id = await type();
      const pool = await newPool(admin);
      const [gone, taken] = await Promise.all([
        admin.delete(path(id)),
        admin.patch(poolPath(pool.id), { poolType: { id } }),
      ]);
      expect(['200,400', '409,200']).toContain([gone.status, taken.status].join());
    }
  });
});
