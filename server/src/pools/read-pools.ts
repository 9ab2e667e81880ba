import { query } from '../identity/verbs.ts';
import { requirePool } from './find-pool.ts';
import { poolWire } from './pool.ts';
import { listPools } from './pool-read-store.ts';

export const readPool = query('signed-in', async (ctx, { poolid }: { poolid: string }) =>
  requirePool(ctx, poolid),
);

/** A page of the pools that the actor sees, oldest first; `queryString` is a part of the name. */
export const readPools = query(
  'signed-in',
  async (ctx, { queryString, limit, offset }: { queryString?: string; limit: number; offset: number }) => {
    const { rows, totalCount } = await listPools(ctx.sql, ctx.actor, { part: queryString, limit, offset });
    return { pools: rows.map((row) => poolWire(ctx.actor.companyId, row)), totalCount };
  },
);
