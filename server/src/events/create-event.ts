import { command } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { newEvent } from './changed-event.ts';
import type { EventInput } from './event-input.ts';
import { newSlug } from './event-links.ts';
import { storeEvent, storeValues } from './event-store.ts';
import { requireEvent } from './read-event.ts';
import { resolveReferences } from './references.ts';

/** An event, published and the caller's unless the input says otherwise. */
export const createEvent = command('events.write', async (ctx, input: EventInput) => {
  const { companyId, userId } = ctx.actor;
  const { timezone, values, missing } = await resolveReferences(ctx, input, { complete: true });
  if (missing) throw missing;
  const content = newEvent(input, { ownerId: userId, timezone }, userId, new Date().toISOString());
  const id = uuidv7();
  const slugs = { registration: newSlug(), checkIn: newSlug() };
  await Promise.all([
    storeEvent(ctx.sql, companyId, id, content, { by: userId, slugs }),
    storeValues(ctx.sql, companyId, id, values!),
    audit(ctx, 'event.create', { kind: 'event', id }, Object.keys(input)),
  ]);
  return requireEvent(ctx, id);
});
