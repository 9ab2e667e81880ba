import { command } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { requirePool } from './find-pool.ts';
import type { PoolInput, PoolState } from './pool.ts';
import { insertPool } from './pool-store.ts';
import { resolvePool } from './resolve-pool.ts';

/** A pool without contacts; private, and the caller's, unless the input says otherwise. */
export const createPool = command('pools.write', async (ctx, input: PoolInput) => {
  const { companyId, userId } = ctx.actor;
  const resolved = await resolvePool(ctx, input);
  const pool: PoolState = {
    name: resolved.name!,
    description: resolved.description ?? null,
    public: resolved.public ?? false,
    ownerId: resolved.ownerId ?? userId,
    typeId: resolved.typeId ?? null,
    users: resolved.users ?? [],
    teams: resolved.teams ?? [],
  };
  const id = uuidv7();
  await Promise.all([
    insertPool(ctx.sql, companyId, id, pool),
    audit(ctx, 'pool.create', { kind: 'pool', id }, Object.keys(input)),
  ]);
  return requirePool(ctx, id);
});
