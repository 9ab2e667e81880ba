import { recordCommand } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Step } from '../metrics.ts';
import type { Attendee } from './attendee.ts';
import { markAttendee } from './attendee-store.ts';
import { type AttendeeRef, requireAttendee, requireParts } from './find-attendee.ts';

/** Puts a contact at a step of the event, onwards or back; at the one where it is, nothing changes. */
export const setAttendee = recordCommand(
  'events.write',
  async (ctx, { status, ...ref }: AttendeeRef & { status: Step }, permit): Promise<Attendee> => {
    const { event, contactId } = await requireParts(ctx, ref);
    permit(true);
    const of = { eventId: event.id, contactId };
    const moved = await markAttendee(ctx.sql, ctx.actor.companyId, of, status, { onwards: false });
    const subject = { kind: 'event-attendee', id: `${event.id}/${contactId}` };
    const [attendee] = await Promise.all([
      requireAttendee(ctx, event.id, contactId),
      moved ? audit(ctx, 'event-attendee.set', subject, ['status']) : undefined,
    ]);
    return attendee;
  },
);
