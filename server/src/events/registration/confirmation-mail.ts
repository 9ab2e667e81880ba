import { html } from 'ghtml';
import type { Language } from '../../platform/http/language.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import { calendarFile } from './calendar-file.ts';
import { MAIL_TEXTS } from './confirmation-texts.ts';
import { webAddress, whenInWords, whereInWords } from './event-words.ts';
import { qrPng } from './qr-code.ts';
import type { Confirmation } from './registration.ts';

const QR = 'ticket-qr-code';
/** Black on white whatever the mail program's colours are: a camera must read it. */
const QR_STYLE = 'display: block; width: 240px; height: 240px; background: #fff';

/** Tells a registrant when and where, with the ticket and a file for the calendar. */
export function confirmationMail(confirmation: Confirmation, language: Language): Mail {
  const { to, name, event, link, ticketUrl, contactName } = confirmation;
  const texts = MAIL_TEXTS[language];
  const when = whenInWords(event, language);
  const where = whereInWords(event, language);
  const joinUrl = webAddress(link);
  const { company } = event;
  const hello = texts.hello(greetable(name));
  const registered = texts.registered(event.name, company);
  const facts: [string, string[]][] = [
    [texts.when, [when]],
    ...(where.length > 0 ? [[texts.where, where] as [string, string[]]] : []),
    ...(link ? [[texts.join, [link]] as [string, string[]]] : []),
  ];
  const last = [texts.calendar, texts.questions(company, contactName), texts.notYou];
  return {
    to,
    subject: texts.subject(event.name),
    text: [
      hello,
      registered,
      facts.map(([label, lines]) => `${label}: ${lines.join('\n    ')}`).join('\n'),
      `${texts.ticket}\n${ticketUrl}`,
      ...last,
    ]
      .join('\n\n')
      .concat('\n'),
    html: html`<p>${hello}</p>
<p>${registered}</p>
<table cellpadding="0" cellspacing="0" role="presentation">
!${facts.map(([label, lines]) => factRow(label, lines, label === texts.join ? joinUrl : undefined)).join('\n')}
</table>
<p>${texts.ticket}<br><a href="${ticketUrl}">${ticketUrl}</a></p>
<p><img src="cid:${QR}" width="240" height="240" alt="${texts.qrCode}" style="${QR_STYLE}"></p>
!${last.map((text) => html`<p>${text}</p>`).join('\n')}`,
    attachments: [
      {
        filename: 'ticket.png',
        contentType: 'image/png',
        content: qrPng(ticketUrl).toString('base64'),
        cid: QR,
      },
      {
        filename: 'event.ics',
        contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
        content: Buffer.from(calendarFile(confirmation, language)).toString('base64'),
      },
    ],
  };
}

/** For someone whose data was removed at their wish: nothing of them is kept, so nothing was registered. */
export function refusalMail(
  { to, company, eventName }: { to: string; company: string; eventName: string },
  language: Language,
): Mail {
  const { subject, hello, why, advice } = MAIL_TEXTS[language].refusal;
  const paragraphs = [hello, why(company, eventName), advice(company)];
  return {
    to,
    subject: subject(eventName),
    text: `${paragraphs.join('\n\n')}\n`,
    html: paragraphs.map((text) => html`<p>${text}</p>`).join('\n'),
  };
}

/** Anyone can type anyone's address, and an advertisement for the name: only a few words of letters are passed on. */
function greetable(name: string): string | undefined {
  return /^(?:[\p{L}\p{M}'’-]+\.?(?: |$)){1,6}$/u.test(name) && name.length <= 60 ? name : undefined;
}

function factRow(label: string, lines: string[], href: string | undefined): string {
  const value = lines.map((line) => html`${line}`).join('<br>');
  return html`<tr><td style="padding: 0 16px 8px 0; vertical-align: top"><b>${label}</b></td>
<td style="padding: 0 0 8px; vertical-align: top">!${href ? html`<a href="${href}">!${value}</a>` : value}</td></tr>`;
}
