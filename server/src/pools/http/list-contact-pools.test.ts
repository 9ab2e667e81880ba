import { describe, expect, it } from 'vitest';
import { countRoundTrips } from '../../../test/count-round-trips.ts';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import {
  contactPath,
  made,
  newContact,
  newPool,
  newPoolType,
  newTeam,
  poolPath,
} from '../../../test/factories.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const path = (id: string, query = '') => contactPath(id, `/pools${query}`);
const contact = async (more: object = {}) => (await newContact(world.company.admin, more)).id;
const pool = (more: object = {}) => newPool(world.company.admin, more);
const read = async (id: string, query = '') => (await world.company.admin.get(path(id, query))).body;
const put = (poolId: string, id: string) =>
  made(world.company.admin.put(poolPath(poolId, '/contacts'), { id }));

describe('GET /v1/contact/{contactid}/pools', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: path(await contact()) }));
  keepsCompaniesApart(world, 'GET', contact, path);

  it('200: as it was added to them, with all that is set', async () => {
    const { company } = world;
    const poolType = await newPoolType(company, ['Met', 'Called'], { sequential: true });
    const [plain, typed] = [
      await pool(),
      await pool({ poolType: { id: poolType.id }, description: 'Not said here' }),
    ];
    await made(company.admin.patch(poolPath(plain.id), { owner: null }));
    const id = await contact();
    await put(typed.id, id);
    await put(plain.id, id);
    const date = expect.stringMatching(/^\d{4}-.*Z$/);
    const body = await read(id);
    expect(body).toEqual({
      metadata: { totalCount: 2 },
      pools: [
        {
          id: typed.id,
          value: typed.name,
          date,
          owner: company.admin.id,
          poolType,
          step: { ...stepOf(poolType), addedToStepAt: body.pools[0].date },
        },
        { id: plain.id, value: plain.name, date },
      ],
    });
    expect(body.pools[0].date <= body.pools[1].date).toBe(true);
  });

  it('200: in no pool', async () => {
    expect(await read(await contact())).toEqual({ metadata: { totalCount: 0 }, pools: [] });
  });

  it('200: a page at a time, fifty unless the limit says otherwise; together added ones are ordered by id', async () => {
    const pools = [];
    for (let each = 0; each < 51; each++) pools.push(await pool());
    const ids = pools.map(({ id }) => id);
    const id = await contact({ lists: ids.toReversed().map((one) => ({ id: one })) });
    const idsOf = (body: { pools: { id: string }[] }) => body.pools.map((one) => one.id);
    const first = await read(id);
    expect(first.metadata).toEqual({ totalCount: 51 });
    expect(idsOf(first)).toEqual(ids.toSorted().slice(0, 50));
    expect(idsOf(await read(id, '?skip=50'))).toEqual(ids.toSorted().slice(50));
    expect(idsOf(await read(id, '?skip=1&limit=2'))).toEqual(ids.toSorted().slice(1, 3));
    expect(await read(id, '?limit=0')).toEqual({ metadata: { totalCount: 51 }, pools: [] });
    expect(await read(id, '?skip=51')).toEqual({ metadata: { totalCount: 51 }, pools: [] });
  });

  it('200: by a part of the name, without regard to case and accents', async () => {
    const [one, two] = [await pool({ name: 'Développeurs 100%' }), await pool({ name: 'Sales_team' })];
    const id = await contact({ lists: [one, two] });
    const found = async (part: string) => {
      const body = await read(id, `?queryString=${encodeURIComponent(part)}`);
      expect(body.metadata.totalCount).toBe(body.pools.length);
      return body.pools.map(({ value }: { value: string }) => value);
    };
    expect(await found('DEVELOPPEURS')).toEqual([one.name]);
    expect(await found('dé')).toEqual([one.name]);
    expect(await found('%')).toEqual([one.name]);
    expect(await found('_')).toEqual([two.name]);
    expect(await found('none')).toEqual([]);
  });

  it('200: the role restricted finds those that are shared with it or its team', async () => {
    const { company } = world;
    const restricted = await company.user('restricted');
    const team = await newTeam(company, [restricted]);
    const lists = [
      await pool({ visibility: 'public' }),
      await pool({ shares: { users: [restricted.id] } }),
      await pool({ shares: { teams: [team.id] } }),
    ];
    const id = await contact({ lists });
    const { body } = await restricted.get(path(id));
    expect(body.metadata.totalCount).toBe(2);
    expect(new Set(body.pools.map((one: { id: string }) => one.id))).toEqual(
      new Set([lists[1].id, lists[2].id]),
    );
    expect((await read(id)).metadata.totalCount).toBe(3);
  });

  it('200: of an archived contact too', async () => {
    const id = await contact({ lists: [await pool()] });
    await made(world.company.admin.post(contactPath(id, '/archive')));
    expect((await read(id)).metadata.totalCount).toBe(1);
  });

  it('is one round trip to the database', async () => {
    const id = await contact({ lists: [await pool()] });
    const cost = countRoundTrips(world.server.database);
    const { roundTrips, transactions } = await cost(() => read(id));
    expect({ roundTrips, transactions }).toEqual({ roundTrips: 1, transactions: 0 });
  });

  it.each(['?limit=201', '?limit=-1', '?skip=-1', `?queryString=${'x'.repeat(201)}`])(
    '400: %s',
    async (query) => {
      expect((await world.company.admin.get(path(await contact(), query))).status).toBe(400);
    },
  );

  it('404: a contact that the caller does not see, or that is anonymised or deleted', async () => {
    const { admin } = world.company;
    const [hidden, anonymised, deleted] = [
      await contact({ confidential: true }),
      await contact(),
      await contact(),
    ];
    await made(admin.post(contactPath(anonymised, '/anonymize')));
    await made(admin.delete(contactPath(deleted)));
    const member = await world.company.user('team_member');
    for (const id of [hidden, anonymised, deleted]) expect((await member.get(path(id))).status).toBe(404);
    expect((await (await world.company.user('limited')).get(path(await contact()))).status).toBe(404);
  });
});

function stepOf(poolType: { steps: { values: { id: string; name: string }[] } }) {
  const { id, name } = poolType.steps.values[0]!;
  return { id, value: name };
}
