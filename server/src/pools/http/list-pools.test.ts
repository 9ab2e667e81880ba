import { describe, expect, it } from 'vitest';
import { knowsItsCallers } from '../../../test/every-operation.ts';
import { newContact, newPool, newPoolType, newTeam } from '../../../test/factories.ts';
import type { Caller } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const names = async (caller: Caller, query: string) => {
  const { body } = await caller.get(`/v1/pools?${query}`);
  return body.pools.map(({ name }: { name: string }) => name);
};

describe('GET /v1/pools', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: '/v1/pools' }));

  it('200: oldest first, a page at a time, each as it is read by itself', async () => {
    const { admin, ...company } = await world.server.company();
    const poolType = await newPoolType({ admin, ...company }, ['Met']);
    const pools = [];
    for (const more of [{}, { poolType: { id: poolType.id } }, { description: 'Third' }]) {
      pools.push(await newPool(admin, more));
    }
    await newContact(admin, { lists: [{ id: pools[1].id }] });
    pools[1].contactCount = 1;
    expect((await admin.get('/v1/pools')).body).toEqual({ pools, totalCount: 3 });
    expect((await admin.get('/v1/pools?limit=1&offset=1')).body).toEqual({
      pools: [pools[1]],
      totalCount: 3,
    });
    expect((await admin.get('/v1/pools?limit=0')).body).toEqual({ pools: [], totalCount: 3 });
    expect((await admin.get('/v1/pools?offset=3')).body).toEqual({ pools: [], totalCount: 3 });
  });

  it('200: none at all', async () => {
    const { admin } = await world.server.company();
    expect((await admin.get('/v1/pools')).body).toEqual({ pools: [], totalCount: 0 });
  });

  it('200: another company sees none of them, also by a part of the name', async () => {
    const { name } = await newPool(world.company.admin);
    const none = { pools: [], totalCount: 0 };
    expect((await world.other.admin.get('/v1/pools')).body).toEqual(none);
    expect((await world.other.admin.get(`/v1/pools?queryString=${name}`)).body).toEqual(none);
  });

  it('200: by a part of the name, without regard to case and accents', async () => {
    const { admin } = await world.server.company();
    const decomposed = 'Cafe\u0301 crowd';
    const all = ['Künstler & Köche', 'ÉCOLE Normale', decomposed, '100%_sure', 'Straße', 'Ελλάδα'];
    for (const name of all) await newPool(admin, { name });
    const found = async (part: string) => names(admin, `queryString=${encodeURIComponent(part)}`);
    expect(await found('KUNSTLER')).toEqual(['Künstler & Köche']);
    expect(await found('köch')).toEqual(['Künstler & Köche']);
    expect(await found('école')).toEqual(['ÉCOLE Normale']);
    expect(await found('ecole n')).toEqual(['ÉCOLE Normale']);
    expect(await found('CAFÉ')).toEqual([decomposed]);
    expect(await found('E\u0301cole')).toEqual(['ÉCOLE Normale']);
    expect(await found('straß')).toEqual(['Straße']);
    expect(await found('ελλαδα')).toEqual(['Ελλάδα']);
    expect(await found('k')).toEqual(['Künstler & Köche']);
    expect(await found('nothing')).toEqual([]);
    expect(await names(admin, 'queryString=')).toEqual(all);
    const { body } = await admin.get('/v1/pools?queryString=e&limit=1&offset=1');
    expect(body).toMatchObject({ pools: [{ name: 'ÉCOLE Normale' }], totalCount: 5 });
  });

  it('200: the characters % _ \\ [ stand for themselves', async () => {
    const { admin } = await world.server.company();
    for (const name of ['100%_sure', 'a\\b', 'c[d]']) await newPool(admin, { name });
    const found = async (part: string) => names(admin, `queryString=${encodeURIComponent(part)}`);
    expect(await found('%')).toEqual(['100%_sure']);
    expect(await found('_')).toEqual(['100%_sure']);
    expect(await found('0%s')).toEqual([]);
    expect(await found('\\')).toEqual(['a\\b']);
    expect(await found('[d')).toEqual(['c[d]']);
    expect(await found('.')).toEqual([]);
  });

  it('200: the role restricted finds and counts those that are shared with it or its team', async () => {
    const company = await world.server.company();
    const restricted = await company.user('restricted');
    const team = await newTeam(company, [restricted]);
    await newPool(company.admin, { name: 'Public', visibility: 'public' });
    await newPool(company.admin, { name: 'Mine', shares: { users: [restricted.id] } });
    await newPool(company.admin, { name: 'Ours', shares: { teams: [team.id] } });
    await newPool(company.admin, { name: 'Twice', shares: { users: [restricted.id], teams: [team.id] } });
    expect(await names(restricted, '')).toEqual(['Mine', 'Ours', 'Twice']);
    expect((await restricted.get('/v1/pools?limit=1')).body.totalCount).toBe(3);
    expect(await names(restricted, 'queryString=public')).toEqual([]);
    expect(await names(await company.user('limited'), '')).toEqual(['Public', 'Mine', 'Ours', 'Twice']);
  });

  it.each([
    'limit=201',
    'limit=-1',
    'limit=x',
    'offset=-1',
    `queryString=${'x'.repeat(201)}`,
    'limit=1&limit=2',
  ])('400: %s', async (query) => {
    expect((await world.company.admin.get(`/v1/pools?${query}`)).status).toBe(400);
  });
});
