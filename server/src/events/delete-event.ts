import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { holdEvent } from './event-read-store.ts';
import { removeEvent } from './event-store.ts';
import { requireEvent } from './read-event.ts';

/** Softly: found by no one but a search that asks for deleted events; its links say that it is gone. */
export const deleteEvent = recordCommand(
  'events.delete',
  async (ctx, { attractEventId }: { attractEventId: string }, permit) => {
    await requireEvent(ctx, attractEventId);
    permit(true);
    const { id } = await requireEvent(ctx, attractEventId, holdEvent);
    await removeEvent(ctx.sql, ctx.actor.companyId, id, ctx.actor.userId);
    audit(ctx, 'event.delete', { kind: 'event', id });
  },
);
