import { findTeamIds, findUserIds } from '../contacts/reference-store.ts';
import type { Ctx } from '../identity/verbs.ts';
import { invalid } from '../platform/problem.ts';
import { trimmed } from '../platform/trimmed.ts';
import { isUuid } from '../platform/uuid.ts';
import type { PoolInput, PoolState } from './pool.ts';
import { holdPoolType } from './pool-types/pool-type-store.ts';

/**
 * What the input says, with everything that it refers to looked up and held. Throws a 400 that names the first thing
 * that does not exist. Take it before the pool: whoever deletes a user takes the user before its pools.
 */
export async function resolvePool(ctx: Ctx, input: Partial<PoolInput>): Promise<Partial<PoolState>> {
  const name = input.name === undefined ? undefined : trimmed('name', input.name);
  const [typeId, ownerId, shares] = await Promise.all([
    resolveType(ctx, input),
    resolveOwner(ctx, input),
    resolveShares(ctx, input),
  ]);
  return {
    ...(name === undefined ? {} : { name }),
    ...(input.description === undefined ? {} : { description: input.description || null }),
    ...(input.visibility === undefined ? {} : { public: input.visibility === 'public' }),
    ...(ownerId === undefined ? {} : { ownerId }),
    ...(typeId === undefined ? {} : { typeId }),
    ...shares,
  };
}

async function resolveType(
  { sql, actor }: Ctx,
  { poolType }: Partial<PoolInput>,
): Promise<string | null | undefined> {
  if (!poolType) return poolType;
  if (!isUuid(poolType.id) || !(await holdPoolType(sql, actor.companyId, poolType.id))) {
    throw invalid('poolType.id', 'must be the id of a pool type; GET /v1/pooltypes lists them');
  }
  return poolType.id.toLowerCase();
}

async function resolveOwner(ctx: Ctx, { owner }: Partial<PoolInput>): Promise<string | null | undefined> {
  if (!owner) return owner;
  await requireUsers(ctx, [owner], () => 'owner');
  return owner.toLowerCase();
}

async function resolveShares(
  ctx: Ctx,
  { shares }: Partial<PoolInput>,
): Promise<Pick<PoolState, 'users' | 'teams'> | undefined> {
  if (!shares) return undefined;
  const { users = [], teams = [] } = shares;
  await Promise.all([
    requireUsers(ctx, users, (index) => `shares.users[${index}]`),
    requireTeams(ctx, teams, (index) => `shares.teams[${index}]`),
  ]);
  return { users: distinct(users), teams: distinct(teams) };
}

type PathOf = (index: number) => string;

async function requireUsers({ sql, actor }: Ctx, ids: string[], path: PathOf): Promise<void> {
  const missing = firstMissing(ids, await findUserIds(sql, actor.companyId, ids.filter(isUuid)));
  if (missing >= 0) throw invalid(path(missing), 'must be the id of a user');
}

async function requireTeams({ sql, actor }: Ctx, ids: string[], path: PathOf): Promise<void> {
  const missing = firstMissing(ids, await findTeamIds(sql, actor.companyId, ids.filter(isUuid)));
  if (missing >= 0) throw invalid(path(missing), 'must be the id of a team');
}

function firstMissing(ids: string[], known: Set<string>): number {
  return ids.findIndex((id) => !known.has(id.toLowerCase()));
}

/** Each once, ordered. */
function distinct(ids: string[]): string[] {
  return [...new Set(ids.map((id) => id.toLowerCase()))].sort();
}
