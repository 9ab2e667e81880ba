import type { Contact } from '../contacts/contact.ts';
import { holdContacts } from '../contacts/place-contacts.ts';
import type { Ctx } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { requireHeldPool } from './find-pool.ts';

/** A pool and a contact in it, both held until the transaction ends; a 404 where the actor does not see either. */
export async function requireMember(
  ctx: Ctx,
  { poolid, contactid }: { poolid: string; contactid: string },
): Promise<{ pool: { id: string; name: string }; contact: Contact }> {
  const pool = await requireHeldPool(ctx, poolid);
  const [contact] = isUuid(contactid) ? await holdContacts(ctx.sql, ctx.actor, [contactid]) : [];
  if (!contact?.lists.some(({ id }) => id === pool.id)) throw notFound('contact in this pool');
  return { pool, contact };
}
