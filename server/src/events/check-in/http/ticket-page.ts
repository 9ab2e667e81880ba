import { html } from 'ghtml';
import type { Answer } from '../../../platform/http/endpoint.ts';
import type { Language } from '../../../platform/http/language.ts';
import { page } from '../../../platform/http/page.ts';
import { momentInWords, webAddress, whenInWords } from '../../registration/event-words.ts';
import { eventFacts } from '../../registration/http/event-head.ts';
import { LOCAL_TIME_SCRIPT } from '../../registration/http/local-time-script.ts';
import { qrSvg } from '../../registration/qr-code.ts';
import type { Ticket } from '../door.ts';
import type { Addresses } from './addresses.ts';
import { CHECK_IN_STYLE } from './check-in-style.ts';
import { CHECK_IN_TEXTS } from './check-in-texts.ts';
import { COUNT_SCRIPT, countLine } from './count-script.ts';
import { bannerClass, toldText } from './door-page.ts';
import { tapForm } from './tap-form.ts';

interface Shown {
  token: string;
  language: Language;
  addresses: Addresses;
}

/** The registrant's own view: what to show at the door. */
export function ticketPage(
  { event, name, attendedAt, link, cancelled }: Extract<Ticket, { state: 'shown' }>,
  { token, language, addresses }: Shown,
): Answer {
  const texts = CHECK_IN_TEXTS[language].ticket;
  const joinUrl = webAddress(link);
  const used = attendedAt === undefined ? '' : texts.used(momentInWords(event, language)(attendedAt));
  const code = html`<div class="qr" role="img" aria-label="${texts.qrCode}">!${qrSvg(addresses.ticketUrl(token))}</div>
<p class="center">${texts.show}</p>`;
  return page({
    status: 200,
    language,
    title: texts.title(event.name),
    from: event.company,
    wide: true,
    style: CHECK_IN_STYLE,
    script: LOCAL_TIME_SCRIPT,
    main: html`<p class="quiet">${texts.yours}</p>
<h1>${event.name}</h1>
<p class="who">${name}</p>
!${cancelled ? html`<div class="wrong"><p><strong>${texts.cancelled}</strong></p></div>` : ''}
!${used ? html`<div class="told"><p><strong>${used}</strong></p></div>` : ''}
!${cancelled ? '' : code}
!${eventFacts(event, language)}
!${cancelled || !link ? '' : joinLine(link, joinUrl, texts.join)}
!${cancelled ? '' : html`<p class="quiet small">${texts.staff}</p>`}`,
  });
}

/** The view of the staff, on a device where the event's check-in page was opened: one button. */
export function ticketAtDoorPage(
  { event, slug, counts, registrant, told }: Extract<Ticket, { state: 'door' }>,
  { token, language, addresses }: Shown,
): Answer {
  const { door, ticket } = CHECK_IN_TEXTS[language];
  const { name, email, attendedAt } = registrant;
  const here = momentInWords(event, language);
  const action = addresses.ticket(token);
  const said = told
    ? toldText(told, name, attendedAt, here, language)
    : attendedAt && door.told.again(name, here(attendedAt));
  const tap =
    attendedAt === undefined
      ? tapForm({ action, fields: {}, label: door.checkIn, who: door.checkInWho(name), focus: true })
      : tapForm({
          action,
          fields: { undo: 'yes' },
          label: door.undo,
          who: door.undoWho(name),
          plain: true,
        });
  return page({
    status: 200,
    language,
    title: door.title(event.name),
    from: event.company,
    wide: true,
    style: CHECK_IN_STYLE,
    script: COUNT_SCRIPT,
    connect: true,
    main: html`<p class="quiet small">${event.name}<br>${whenInWords(event, language)}</p>
<h1 class="who">${name}</h1>
!${email ? html`<p class="quiet">${email}</p>` : ''}
!${said ? html`<div class="${bannerClass(told, attendedAt)}" role="status"><p><strong>${said}</strong></p></div>` : ''}
<div class="big">!${tap}</div>
!${countLine(counts, addresses.door(slug, 'count'), door.count)}
<p><a class="button plain" href="${addresses.door(slug)}">${ticket.back}</a></p>`,
  });
}

function joinLine(link: string, href: string | undefined, label: string): string {
  if (!href) return html`<p>${label}: ${link}</p>`;
  return html`<p><a class="button plain" href="${href}" rel="noreferrer">${label}</a></p>`;
}
