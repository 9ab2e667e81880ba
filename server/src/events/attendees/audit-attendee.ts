import type { Ctx } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';

/** Records who moved a contact at an event, and how. */
export function auditAttendee(
  ctx: Ctx,
  how: 'set' | 'remove' | 'register' | 'check-in' | 'undo-check-in' | 'walk-in',
  { eventId, contactId }: { eventId: string; contactId: string },
): void {
  const subject = { kind: 'event-attendee', id: `${eventId}/${contactId}` };
  audit(ctx, `event-attendee.${how}`, subject, how === 'remove' ? [] : ['status']);
}
