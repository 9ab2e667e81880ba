import { query } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { listPoolContacts, type PageOf } from './member-list-store.ts';
import { withStep } from './step.ts';

/** A page of the contacts in a pool that the actor sees, as they were added; one round trip. */
export const readPoolContacts = query(
  'signed-in',
  async (ctx, { poolid, ...page }: PageOf & { poolid: string; step?: string }) => {
    const found = isUuid(poolid) ? await listPoolContacts(ctx.sql, ctx.actor, poolid, page) : undefined;
    if (!found) throw notFound('pool');
    const contacts = found.rows.map(({ id, full_name, primary_email, added_at, ...standing }) => ({
      id,
      ...(full_name === null ? {} : { fullName: full_name }),
      ...(primary_email === null ? {} : { primaryEmail: primary_email }),
      date: added_at,
      ...withStep(standing),
    }));
    return { contacts, totalCount: found.totalCount };
  },
);
