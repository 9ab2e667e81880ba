import { recordCommand } from '../../identity/verbs.ts';
import type { Step } from '../metrics.ts';
import type { Attendee } from './attendee.ts';
import { markAttendee } from './attendee-store.ts';
import { auditAttendee } from './audit-attendee.ts';
import { type AttendeeRef, requireAttendee, requireParts } from './find-attendee.ts';

/** Puts a contact at a step of the event, onwards or back; at the one where it is, nothing changes. */
export const setAttendee = recordCommand(
  'events.write',
  async (ctx, { status, ...ref }: AttendeeRef & { status: Step }, permit): Promise<Attendee> => {
    const { event, contactId } = await requireParts(ctx, ref);
    permit(true);
    const of = { eventId: event.id, contactId };
    const moved = await markAttendee(ctx.sql, ctx.actor.companyId, of, status, { onwards: false });
    const [attendee] = await Promise.all([
      requireAttendee(ctx, event.id, contactId),
      moved ? auditAttendee(ctx, 'set', of) : undefined,
    ]);
    return attendee;
  },
);
