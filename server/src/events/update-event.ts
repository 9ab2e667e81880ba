import { isDeepStrictEqual } from 'node:util';
import { type Ctx, recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { changedEvent } from './changed-event.ts';
import { contentOf, type Event, type EventContent } from './event.ts';
import type { EventInput } from './event-input.ts';
import { holdEvent } from './event-read-store.ts';
import { storeEvent, storeValues } from './event-store.ts';
import type { Values } from './event-values.ts';
import { requireEvent } from './read-event.ts';
import { resolveReferences } from './references.ts';

/** Changes what the input names, `customFields` whole; null clears. A change that changes nothing leaves no trace. */
export const updateEvent = recordCommand(
  'events.write',
  async (ctx, { attractEventId, change }: { attractEventId: string; change: EventInput }, permit) => {
    const { userId } = ctx.actor;
    await requireEvent(ctx, attractEventId);
    permit(true);
    const { timezone, values, missing } = await resolveReferences(ctx, change, { complete: false });
    const before = await requireEvent(ctx, attractEventId, holdEvent);
    // A field that came to be required later does not stand in the way of a client that sends the values back.
    if (missing && !sameValues(values!, before.values)) throw missing;
    const blank = { ownerId: userId, timezone };
    const after = changedEvent(contentOf(before), change, {
      blank,
      by: userId,
      now: new Date().toISOString(),
    });
    return storeChange(ctx, before, { content: after, values: values ?? before.values }, Object.keys(change));
  },
);

/** Stores a held event that was changed, and answers it as it is then. */
export async function storeChange(
  ctx: Ctx,
  before: Event,
  after: { content: EventContent; values: Values },
  fields: string[],
  action = 'event.update',
): Promise<Event> {
  const { companyId, userId } = ctx.actor;
  const sameContent = isDeepStrictEqual(after.content, contentOf(before));
  const valuesStay = sameValues(after.values, before.values);
  if (sameContent && valuesStay) return before;
  await Promise.all([
    storeEvent(ctx.sql, companyId, before.id, after.content, { by: userId, slugs: before.slugs }),
    valuesStay ? undefined : storeValues(ctx.sql, companyId, before.id, after.values),
    audit(ctx, action, { kind: 'event', id: before.id }, fields),
  ]);
  return requireEvent(ctx, before.id);
}

function sameValues(one: Values, other: Values): boolean {
  const byField = (values: Values) => new Map(values.map(({ field, value }) => [field.id, value]));
  return isDeepStrictEqual(byField(one), byField(other));
}
