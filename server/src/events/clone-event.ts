import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { newEvent } from './changed-event.ts';
import { holdFields } from './custom-fields/field-store.ts';
import type { EventContent } from './event.ts';
import type { EventInput } from './event-input.ts';
import { newSlug } from './event-links.ts';
import { storeEvent, storeValues } from './event-store.ts';
import { requireEvent } from './read-event.ts';

/** What a clone says itself; the rest is the original's. */
export type CloneInput = Pick<EventInput, 'name' | 'start' | 'end'>;

/** A new event with another's content: its own dates and links, the caller's, nobody there, not cancelled. */
export const cloneEvent = recordCommand(
  'events.write',
  async (ctx, { attractEventId, input }: { attractEventId: string; input: CloneInput }, permit) => {
    const { companyId, userId } = ctx.actor;
    await requireEvent(ctx, attractEventId);
    permit(true);
    // Held first, so that no field of the original goes meanwhile.
    await holdFields(ctx.sql, companyId);
    const { timezone, values, ...original } = await requireEvent(ctx, attractEventId);
    const dated = newEvent(
      { ...input, name: input.name ?? original.name, type: original.type },
      { ownerId: userId, timezone },
      userId,
      new Date().toISOString(),
    );
    const content: EventContent = {
      ...dated,
      description: original.description,
      status: original.status === 'cancelled' ? 'published' : original.status,
      locationType: original.locationType,
      locationUrl: original.locationUrl,
      address: original.address,
      point: original.point,
      image: original.image,
    };
    const id = uuidv7();
    const slugs = { registration: newSlug(), checkIn: newSlug() };
    await Promise.all([
      storeEvent(ctx.sql, companyId, id, content, { by: userId, slugs }),
      storeValues(ctx.sql, companyId, id, values),
      audit(ctx, 'event.clone', { kind: 'event', id }, Object.keys(input)),
    ]);
    return requireEvent(ctx, id);
  },
);
