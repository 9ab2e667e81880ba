import type { Faker } from '@faker-js/faker';
import type { Request } from './api.ts';
import type { Contact } from './contacts.ts';
import { everyPage } from './every-page.ts';
import type { Filling } from './filling.ts';
import { byName, idsByName } from './named.ts';
import { POOL_TYPES } from './pool-types.ts';
import { type DemoPool, POOLS } from './pools.ts';
import { seeded } from './seeded.ts';
import { TEAMS } from './teams.ts';

const MOST_AT_ONCE = 1000;
const SEED = 1_000_000;
/** The share of a pool's contacts that come further than its first step. */
const FURTHER = 0.08;

interface Walk {
  poolId: string;
  contactId: string;
  stepIds: string[];
}

/** Makes the pools that are not there, puts in who belongs there and is not yet, and leads some of them on. */
export async function fillPools(
  { request, userId, each, made }: Filling,
  contacts: Contact[],
): Promise<void> {
  const typeIds = await idsByName(
    request,
    { list: '/v1/pooltypes', property: 'poolTypes', path: '/v1/pooltype' },
    POOL_TYPES,
  );
  const teamIds = await idsByName(
    request,
    { list: '/v1/teams', property: 'teams', path: '/v1/teams' },
    TEAMS.map((name) => ({ name, members: [userId] })),
  );
  const pools = await byName(request, '/v1/pools', 'pools');
  const walks = await each('pools', POOLS, async (wanted) => {
    const known = pools.get(wanted.name);
    const pool = known ?? (await request('POST', '/v1/pool', poolBody(wanted, typeIds, teamIds))).body;
    if (!known) made.pools++;
    const there = known ? await contactIdsIn(request, pool.id) : new Set<string>();
    const joining = contacts.filter(
      ({ id, person, archived }) => wanted.takes(person) && !archived && !there.has(id),
    );
    for (let from = 0; from < joining.length; from += MOST_AT_ONCE) {
      const ids = joining.slice(from, from + MOST_AT_ONCE).map(({ id }) => id);
      await request('PUT', `/v1/pool/${pool.id}/contacts`, { ids });
    }
    return walksThrough(pool, joining, seeded(SEED + POOLS.indexOf(wanted)));
  });
  await each('pool steps', walks.flat(), async ({ poolId, contactId, stepIds }) => {
    for (const id of stepIds) await request('PUT', `/v1/pool/${poolId}/contacts/${contactId}/step`, { id });
  });
}

function poolBody(
  { name, description, visibility, type, sharedWith }: DemoPool,
  typeIds: Map<string, string>,
  teamIds: Map<string, string>,
): object {
  return {
    name,
    description,
    visibility,
    ...(type && { poolType: { id: typeIds.get(type) } }),
    ...(sharedWith && { shares: { teams: [teamIds.get(sharedWith)] } }),
  };
}

async function contactIdsIn(request: Request, poolId: string): Promise<Set<string>> {
  const contacts = await everyPage(request, `/v1/pool/${poolId}/contacts`, {
    property: 'contacts',
    from: 'skip',
  });
  return new Set(contacts.map(({ id }) => id));
}

/** One step after another, as a sequential type wants it. */
function walksThrough(
  { id: poolId, poolType }: { id: string; poolType?: { steps: { values: { id: string }[] } } },
  joining: Contact[],
  random: Faker,
): Walk[] {
  const [, ...later] = poolType?.steps.values ?? [];
  if (later.length === 0) return [];
  return joining
    .filter(() => random.datatype.boolean(FURTHER))
    .map(({ id: contactId }) => {
      const stepIds = later.slice(0, random.number.int({ min: 1, max: later.length })).map(({ id }) => id);
      return { poolId, contactId, stepIds };
    });
}
