import { isDeepStrictEqual } from 'node:util';
import { RECOMPOSE_TOPIC } from '../contacts/recompose-topic.ts';
import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { enqueue } from '../platform/jobs/outbox.ts';
import { notFound } from '../platform/problem.ts';
import { requirePool, requireSeenPool } from './find-pool.ts';
import type { PoolInput } from './pool.ts';
import { lockPool, storePool } from './pool-store.ts';
import { resolvePool } from './resolve-pool.ts';
import { restartMembers } from './step-store.ts';

/**
 * Changes what the input names; `shares` are replaced whole. With another type, every contact goes to its first step.
 * Contacts spell out a new name by a job.
 */
export const updatePool = recordCommand(
  'pools.write',
  async (ctx, { poolid, change }: { poolid: string; change: Partial<PoolInput> }, permit) => {
    const { companyId } = ctx.actor;
    const id = await requireSeenPool(ctx, poolid);
    permit(true);
    const resolved = await resolvePool(ctx, change);
    const before = await lockPool(ctx.sql, companyId, id);
    if (!before) throw notFound('pool');
    const after = { ...before, ...resolved };
    if (!isDeepStrictEqual(before, after)) {
      await Promise.all([
        storePool(ctx.sql, companyId, id, after),
        after.name === before.name ? undefined : enqueue(ctx, companyId, RECOMPOSE_TOPIC, { ref: id }),
        audit(ctx, 'pool.update', { kind: 'pool', id }, Object.keys(change)),
      ]);
      if (after.typeId !== before.typeId) await restartMembers(ctx.sql, companyId, id);
    }
    return requirePool(ctx, id);
  },
);
