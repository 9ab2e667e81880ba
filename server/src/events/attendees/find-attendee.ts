import { holdContactIds } from '../../contacts/place-contacts.ts';
import type { Ctx } from '../../identity/verbs.ts';
import { notFound } from '../../platform/problem.ts';
import { isUuid } from '../../platform/uuid.ts';
import type { Event } from '../event.ts';
import { requireEvent } from '../read-event.ts';
import type { Attendee } from './attendee.ts';
import { listAttendees } from './attendee-store.ts';

/** A contact at an event, as a request names it. */
export interface AttendeeRef {
  attractEventId: string;
  contactId: string;
}

/** The event, and the contact, held: a 404 for what is not there or not for this actor. One round trip. */
export async function requireParts(
  ctx: Ctx,
  { attractEventId, contactId }: AttendeeRef,
): Promise<{ event: Event; contactId: string }> {
  const [event, [held]] = await Promise.all([
    requireEvent(ctx, attractEventId),
    isUuid(contactId) ? holdContactIds(ctx.sql, ctx.actor, [contactId]) : [],
  ]);
  if (!held) throw notFound('contact');
  return { event, contactId: held };
}

/** The attendee that the actor sees; a 404 for a contact that is none. */
export async function requireAttendee(ctx: Ctx, eventId: string, contactId: string): Promise<Attendee> {
  const found = await listAttendees(ctx.sql, ctx.actor, eventId, { contactId, limit: 1, skip: 0 });
  const [attendee] = found?.attendees ?? [];
  if (!attendee) throw notFound('attendee');
  return attendee;
}
