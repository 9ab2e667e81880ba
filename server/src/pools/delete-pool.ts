import { RECOMPOSE_TOPIC } from '../contacts/recompose-topic.ts';
import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { enqueue } from '../platform/jobs/outbox.ts';
import { notFound } from '../platform/problem.ts';
import { requireSeenPool } from './find-pool.ts';
import { lockPool, removePool } from './pool-store.ts';

/** Deletes a pool with its memberships; its contacts stay, and a job takes it out of what they spell out. */
export const deletePool = recordCommand(
  'pools.write',
  async (ctx, { poolid }: { poolid: string }, permit) => {
    const { companyId } = ctx.actor;
    const id = await requireSeenPool(ctx, poolid);
    permit(true);
    if (!(await lockPool(ctx.sql, companyId, id))) throw notFound('pool');
    await Promise.all([
      removePool(ctx.sql, companyId, id),
      enqueue(ctx, companyId, RECOMPOSE_TOPIC, { ref: id }),
      audit(ctx, 'pool.delete', { kind: 'pool', id }),
    ]);
  },
);
