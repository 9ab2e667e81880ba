import { recordCommand } from '../identity/verbs.ts';
import { cancelled } from './changed-event.ts';
import { contentOf } from './event.ts';
import { holdEvent } from './event-read-store.ts';
import { requireEvent } from './read-event.ts';
import { storeChange } from './update-event.ts';

/** Says when and by whom; an event that is cancelled stays as it is. */
export const cancelEvent = recordCommand(
  'events.write',
  async (ctx, { attractEventId }: { attractEventId: string }, permit) => {
    await requireEvent(ctx, attractEventId);
    permit(true);
    const before = await requireEvent(ctx, attractEventId, holdEvent);
    const content = cancelled(contentOf(before), ctx.actor.userId, new Date().toISOString());
    return storeChange(ctx, before, { content, values: before.values }, ['status'], 'event.cancel');
  },
);
