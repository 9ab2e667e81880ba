import { recordCommand } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import { conflict, notFound } from '../../platform/problem.ts';
import { lockPoolType, poolTypeInUse, removePoolType } from './pool-type-store.ts';
import { requirePoolType } from './read-pool-types.ts';

/** Deletes a type that no pool has; 409 while one does. */
export const deletePoolType = recordCommand(
  'settings.write',
  async (ctx, { pooltypeid }: { pooltypeid: string }, permit) => {
    const { companyId } = ctx.actor;
    const { id } = await requirePoolType(ctx, pooltypeid);
    permit(true);
    if (!(await lockPoolType(ctx.sql, companyId, id))) throw notFound('pool type');
    if (await poolTypeInUse(ctx.sql, companyId, id)) {
      throw conflict('a pool is of this type; give it another one first');
    }
    await Promise.all([
      removePoolType(ctx.sql, companyId, id),
      audit(ctx, 'pool-type.delete', { kind: 'pool-type', id }),
    ]);
  },
);
