import { isIP } from 'node:net';
// ical-generator: the most used writer of iCalendar files for Node; it escapes and folds what it is given.
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Language } from '../../platform/http/language.ts';
import { whereInWords } from './event-words.ts';
import type { Confirmation } from './registration.ts';

/** The event as an iCalendar file (RFC 5545): in UTC, under an id that stays, so that a later file replaces it. */
export function calendarFile({ event, link, ticketUrl }: Confirmation, language: Language): string {
  const calendar = ical({
    prodId: { company: 'Headwater', product: 'Attract events', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  const where = whereInWords(event, language);
  calendar.createEvent({
    id: `${event.id}@headwater`,
    start: new Date(event.startAt),
    ...(event.endAt === undefined ? {} : { end: new Date(event.endAt) }),
    summary: printable(event.name),
    ...(where.length === 0 ? {} : { location: printable(where.join(', ')) }),
    description: printable([event.description, link, ticketUrl].filter(Boolean).join('\n\n')),
    // One must be named (RFC 5546 §3.2.1), with an address; nobody reads this one.
    organizer: { name: printable(event.company) || 'Headwater', email: `no-reply@${hostOf(ticketUrl)}` },
    url: ticketUrl,
    status: ICalEventStatus.CONFIRMED,
  });
  return `${calendar}\r\n`;
}

/** Text as iCalendar takes it: no control characters but tabs and line breaks. */
function printable(text: string): string {
  return text.replaceAll(/\r\n?|[\u2028\u2029\x85]/g, '\n').replaceAll(/[^\P{Cc}\t\n]/gu, '');
}

function hostOf(url: string): string {
  const host = new URL(url).hostname.replaceAll(/[[\]]/g, '');
  return isIP(host) ? 'localhost' : host;
}
