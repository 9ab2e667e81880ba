import { type Ctx, query } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { type Event, seenBy } from './event.ts';
import { findEvent } from './event-read-store.ts';

/** An event that is not deleted; one round trip. */
export const readEvent = query('signed-in', async (ctx, { attractEventId }: { attractEventId: string }) =>
  seenBy(ctx.actor, await requireEvent(ctx, attractEventId)),
);

/** The event that a request names; 404 for one that is not there, or no longer. `find` may hold it besides. */
export async function requireEvent(ctx: Ctx, id: string, find: typeof findEvent = findEvent): Promise<Event> {
  const event = isUuid(id) ? await find(ctx.sql, ctx.actor.companyId, id) : undefined;
  if (!event) throw notFound('attract event');
  return event;
}
