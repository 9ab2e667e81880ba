import { type OpenCtx, openCommand, openQuery } from '../../identity/verbs.ts';
import { publicSlug } from '../event-links.ts';
import { doorClosed } from '../opening.ts';
import { findLinkedEvent, type LinkedEvent } from '../public-event-store.ts';
import type { Tickets } from '../tickets.ts';
import { move } from './check-in.ts';
import type { Tapped, Ticket, Told } from './door.ts';
import { countAttendees, findRegistrant } from './door-store.ts';

interface Scan {
  token: string;
  /** The check-in pages that were opened on this device. */
  doors: string[];
}

/** The page behind a QR code: the registrant's, or at the door the staff's. */
export const readTicket = (tickets: Tickets) =>
  openQuery(async (ctx, { token, doors, told }: Scan & { told: Told | undefined }): Promise<Ticket> => {
    const of = tickets.read(token);
    if (!of) return { state: 'unknown' };
    const { companyId, eventId, contactId } = of;
    const [event, registrant, counts] = await Promise.all([
      findLinkedEvent(ctx.sql, companyId, eventId),
      findRegistrant(ctx.sql, companyId, eventId, contactId),
      countAttendees(ctx.sql, companyId, eventId),
    ]);
    if (!event || event.deleted || !registrant) return { state: 'unknown' };
    const { shown, joinLink } = event;
    if (isOpened(event, doors) && !doorClosed(event, new Date())) {
      const slug = publicSlug(companyId, event.checkInSlug);
      return { state: 'door', event: shown, slug, counts, registrant, ...(told ? { told } : {}) };
    }
    const { name, attendedAt } = registrant;
    return {
      state: 'shown',
      event: shown,
      name,
      ...(attendedAt ? { attendedAt } : {}),
      ...(joinLink ? { link: joinLink } : {}),
      cancelled: event.status === 'cancelled',
    };
  });

/**
 * Checks the registrant in, or takes that back, on a device of the event's door; elsewhere, and for a form of another site
 * (`foreign`), it changes nothing.
 */
export const useTicket = (tickets: Tickets) =>
  openCommand(
    async (
      ctx: OpenCtx,
      { token, doors, undo, foreign }: Scan & { undo: boolean; foreign: boolean },
    ): Promise<Tapped | Ticket> => {
      const of = tickets.read(token);
      const event = of && (await findLinkedEvent(ctx.sql, of.companyId, of.eventId));
      if (!of || !event) return { state: 'unknown' };
      if (foreign || !isOpened(event, doors))
        return readTicket(tickets).run(ctx, { token, doors: [], told: undefined });
      const why = doorClosed(event, new Date());
      if (why) return { state: 'closed', why };
      const what = await move(ctx, event, of.contactId, undo ? 'undone' : 'attended');
      return what ? { state: 'done', what, contactId: of.contactId } : { state: 'unknown' };
    },
    ({ token }) => tickets.read(token)?.companyId,
  );

function isOpened({ companyId, checkInSlug }: LinkedEvent, doors: readonly string[]): boolean {
  return doors.includes(publicSlug(companyId, checkInSlug));
}
