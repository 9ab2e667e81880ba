import { query } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { listContactPools, type PageOf } from './member-list-store.ts';
import { withPoolType } from './pool-types/pool-type.ts';
import { withStep } from './step.ts';

/** A page of the pools that a contact is in and the actor sees, as it was added; one round trip. */
export const readContactPools = query(
  'signed-in',
  async (ctx, { contactid, queryString, ...page }: PageOf & { contactid: string; queryString?: string }) => {
    const found = isUuid(contactid)
      ? await listContactPools(ctx.sql, ctx.actor, contactid, { part: queryString, ...page })
      : undefined;
    if (!found) throw notFound('contact');
    const pools = found.rows.map((row) => ({
      id: row.id,
      value: row.name,
      date: row.added_at,
      ...(row.owner_id === null ? {} : { owner: row.owner_id }),
      ...withPoolType(ctx.actor.companyId, row),
      ...withStep(row),
    }));
    return { metadata: { totalCount: found.totalCount }, pools };
  },
);
