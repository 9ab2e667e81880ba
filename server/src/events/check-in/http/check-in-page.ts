import { html } from 'ghtml';
import type { Answer } from '../../../platform/http/endpoint.ts';
import type { Language } from '../../../platform/http/language.ts';
import { page } from '../../../platform/http/page.ts';
import type { Door, Tapped, Ticket } from '../door.ts';
import type { Addresses } from './addresses.ts';
import { CHECK_IN_TEXTS } from './check-in-texts.ts';
import { doorPage } from './door-page.ts';
import { ticketAtDoorPage, ticketPage } from './ticket-page.ts';

type Asked = 'GET' | 'POST';

/** The page for how things stand with a check-in link, or the way back to it after a tap. */
export function checkInAnswer(
  door: Door | Tapped,
  shown: { slug: string; language: Language; addresses: Addresses },
  asked: Asked,
): Answer {
  switch (door.state) {
    case 'done':
      return seeOther(shown.addresses.doorAfter(shown.slug, door.what, door.contactId));
    case 'open':
      return doorPage(door, shown);
    case 'closed':
      return closedPage(door.why, shown.language, asked);
    case 'unknown':
      return notePage(404, CHECK_IN_TEXTS[shown.language].unknown, shown.language);
  }
}

/** The same for the link in a QR code. Who may not check in and tries to is told how to. */
export function ticketAnswer(
  ticket: Ticket | Tapped,
  shown: { token: string; language: Language; addresses: Addresses },
  asked: Asked,
): Answer {
  const texts = CHECK_IN_TEXTS[shown.language].ticket;
  switch (ticket.state) {
    case 'done':
      return seeOther(shown.addresses.ticketAfter(shown.token, ticket.what));
    case 'shown':
      return asked === 'POST' ? notePage(403, texts.noDoor, shown.language) : ticketPage(ticket, shown);
    case 'door':
      return ticketAtDoorPage(ticket, shown);
    case 'closed':
      return closedPage(ticket.why, shown.language, asked);
    case 'unknown':
      return notePage(404, texts.unknown, shown.language);
  }
}

function closedPage(
  why: 'draft' | 'cancelled' | 'deleted' | 'over',
  language: Language,
  asked: Asked,
): Answer {
  const status = why === 'deleted' ? 410 : asked === 'POST' ? 409 : 200;
  return notePage(status, CHECK_IN_TEXTS[language].closed[why], language);
}

function notePage(
  status: number,
  { title, text }: { title: string; text: string },
  language: Language,
): Answer {
  return page({ status, language, title, main: html`<h1>${title}</h1><p>${text}</p>` });
}

/** To be read by GET, so that loading the page anew taps nothing. */
function seeOther(location: string): Answer {
  return {
    status: 303,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  };
}
