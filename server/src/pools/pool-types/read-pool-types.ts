import type { Ctx } from '../../identity/verbs.ts';
import { query } from '../../identity/verbs.ts';
import { notFound } from '../../platform/problem.ts';
import { isUuid } from '../../platform/uuid.ts';
import { poolTypeWire } from './pool-type.ts';
import { findPoolType, listPoolTypes } from './pool-type-store.ts';

/** The type a request names, as /v1 answers it, or a 404. */
export async function requirePoolType(ctx: Ctx, pooltypeid: string) {
  const { companyId } = ctx.actor;
  const row = isUuid(pooltypeid) ? await findPoolType(ctx.sql, companyId, pooltypeid) : undefined;
  if (!row) throw notFound('pool type');
  return poolTypeWire(companyId, row);
}

export const readPoolType = query('signed-in', async (ctx, { pooltypeid }: { pooltypeid: string }) =>
  requirePoolType(ctx, pooltypeid),
);

/** A page of the pool types, oldest first. */
export const readPoolTypes = query('signed-in', async (ctx, range: { limit: number; offset: number }) => {
  const { companyId } = ctx.actor;
  const { rows, totalCount } = await listPoolTypes(ctx.sql, companyId, range);
  return { poolTypes: rows.map((row) => poolTypeWire(companyId, row)), totalCount };
});
