import { nobody } from '../../identity/actor.ts';
import { type OpenCtx, openCommand } from '../../identity/verbs.ts';
import { isUuid } from '../../platform/uuid.ts';
import { markAttendee } from '../attendees/attendee-store.ts';
import { auditAttendee } from '../attendees/audit-attendee.ts';
import { parsedSlug } from '../event-links.ts';
import { doorClosed } from '../opening.ts';
import { findByCheckIn, type LinkedEvent } from '../public-event-store.ts';
import type { Tapped, Told } from './door.ts';
import { holdRegistrant } from './door-store.ts';

interface Tap {
  slug: string;
  contactId: string;
}

/** The company that a check-in link says it is of. */
export function companyOfDoor({ slug }: { slug: string }): number | undefined {
  return parsedSlug(slug)?.companyId;
}

/** Checks a registrant in, once: whoever is here already stays here since then, and the door says so. */
export const checkIn = openCommand<Tap, Tapped>((ctx, tap) => tapped(ctx, tap, 'attended'), companyOfDoor);

/** Takes a check-in back. */
export const undoCheckIn = openCommand<Tap, Tapped>((ctx, tap) => tapped(ctx, tap, 'undone'), companyOfDoor);

async function tapped(ctx: OpenCtx, { slug, contactId }: Tap, what: 'attended' | 'undone'): Promise<Tapped> {
  const event = await findByCheckIn(ctx.sql, slug);
  if (!event) return { state: 'unknown' };
  const why = doorClosed(event, new Date());
  if (why) return { state: 'closed', why };
  const told = isUuid(contactId) ? await move(ctx, event, contactId.toLowerCase(), what) : undefined;
  return told === undefined ? { state: 'unknown' } : { state: 'done', what: told, contactId };
}

/** Lets a registrant of the event in, or out again; undefined for whoever is none. */
export async function move(
  ctx: OpenCtx,
  { companyId, id: eventId }: LinkedEvent,
  contactId: string,
  what: 'attended' | 'undone',
): Promise<Told | undefined> {
  const registrant = await holdRegistrant(ctx.sql, companyId, eventId, contactId);
  if (!registrant) return undefined;
  const step = what === 'attended' ? 'attended' : 'registered';
  const moved = await markAttendee(ctx.sql, companyId, { eventId, contactId }, step, { onwards: false });
  if (!moved) return what === 'attended' ? 'again' : 'undone';
  const how = what === 'attended' ? 'check-in' : 'undo-check-in';
  auditAttendee({ ...ctx, actor: nobody(companyId) }, how, { eventId, contactId });
  return what;
}
