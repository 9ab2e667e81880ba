import type { Ctx } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { poolWire } from './pool.ts';
import { findPool } from './pool-read-store.ts';
import { holdPools, poolIsSeen } from './pool-store.ts';

/** The pool a request names, as /v1 answers it to the actor; a 404 where the actor does not see it. */
export async function requirePool(ctx: Ctx, poolid: string) {
  const row = isUuid(poolid) ? await findPool(ctx.sql, ctx.actor, poolid) : undefined;
  if (!row) throw notFound('pool');
  return poolWire(ctx.actor.companyId, row);
}

/** The id of a pool that the actor sees, or a 404. */
export async function requireSeenPool(ctx: Ctx, poolid: string): Promise<string> {
  if (!isUuid(poolid) || !(await poolIsSeen(ctx.sql, ctx.actor, poolid))) throw notFound('pool');
  return poolid.toLowerCase();
}

/**
 * A pool that the actor sees, or a 404. Until the transaction ends it is not renamed, given another type or deleted.
 * Take it before any contact.
 */
export async function requireHeldPool(ctx: Ctx, poolid: string): Promise<{ id: string; name: string }> {
  const id = poolid.toLowerCase();
  const name = isUuid(id) ? (await holdPools(ctx.sql, ctx.actor, [id])).get(id) : undefined;
  if (name === undefined) throw notFound('pool');
  return { id, name };
}
