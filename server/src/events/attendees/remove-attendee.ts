import { recordCommand } from '../../identity/verbs.ts';
import { notFound } from '../../platform/problem.ts';
import { removeAttendee as remove } from './attendee-store.ts';
import { auditAttendee } from './audit-attendee.ts';
import { type AttendeeRef, requireParts } from './find-attendee.ts';

/** Takes a contact off an event, out of its counts too, as if it had never been there. */
export const removeAttendee = recordCommand('events.write', async (ctx, ref: AttendeeRef, permit) => {
  const { event, contactId } = await requireParts(ctx, ref);
  permit(true);
  const there = await remove(ctx.sql, ctx.actor.companyId, event.id, contactId);
  if (!there) throw notFound('attendee');
  auditAttendee(ctx, 'remove', { eventId: event.id, contactId });
});
