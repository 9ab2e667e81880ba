import { html } from 'ghtml';
import type { Answer } from '../../platform/http/endpoint.ts';
import type { Language } from '../../platform/http/language.ts';
import { page } from '../../platform/http/page.ts';
import type { MailWire } from '../mail.ts';
import type { OneMail } from '../read-mail-pages.ts';
import { linkedText } from './linked-text.ts';
import { type Reader, retryForm, stateWord, time } from './mail-parts.ts';
import { MAIL_STYLE } from './mail-style.ts';
import { MAIL_TEXTS } from './mail-texts.ts';
import { reasonInWords } from './reason-in-words.ts';

/** One mail: its text part, with what became of it. The HTML part says the same and is none of this page's. */
export function mailPage({ mail }: OneMail, reader: Reader, { retried }: { retried: boolean }): Answer {
  const { language, addresses } = reader;
  const texts = MAIL_TEXTS[language];
  return page({
    status: 200,
    language,
    title: mail.subject,
    wide: true,
    style: MAIL_STYLE,
    main: html`<p><a href="${addresses.list()}">${texts.back}</a></p>
<h1>${mail.subject}</h1>
!${retried && mail.status === 'waiting' ? html`<p class="told" role="status">${texts.retried}</p>` : ''}
!${facts(mail, reader)}
!${retryForm(mail, reader)}
<div class="text">!${linkedText(mail.text)}</div>
!${attached(mail, reader)}`,
  });
}

function facts(mail: MailWire, reader: Reader): string {
  const { language } = reader;
  const texts = MAIL_TEXTS[language];
  const lines = [
    [texts.to, html`${mail.to}`],
    [texts.written, time(mail.createdAt, reader)],
    ...(mail.sentAt === undefined ? [] : [[texts.sent, time(mail.sentAt, reader)]]),
    ...(mail.error === undefined ? [] : [[texts.reason, html`${reasonInWords(mail.error, language)}`]]),
    ...(mail.nextAttemptAt === undefined || mail.attempts === 0
      ? []
      : [[texts.next, time(mail.nextAttemptAt, reader)]]),
  ].map(
    ([term, value]) => html`<dt>${term}</dt>
<dd>!${value}</dd>`,
  );
  return html`<p>!${stateWord(mail, language)}${tried(mail, language)}</p>
<dl class="facts">!${lines.join('\n')}</dl>`;
}

/** After the state of a mail that was not sent. One that is tried anew has failed before, but its attempts begin at zero. */
function tried({ status, attempts, error }: MailWire, language: Language): string {
  const texts = MAIL_TEXTS[language];
  if (status === 'sent' || (attempts === 0 && error !== undefined)) return '';
  return ` · ${attempts === 0 ? texts.untried : texts.attempts(attempts)}`;
}

function attached({ attachments }: MailWire, { language }: Reader): string {
  if (!attachments) return '';
  const size = (content: string) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 }).format(
      Math.max(0.1, Buffer.byteLength(content, 'base64') / 1000),
    );
  const lines = attachments.map(
    ({ filename, contentType, content }) =>
      html`<li>${filename} <span class="quiet">${contentType.split(';')[0]}, ${size(content)}</span></li>`,
  );
  return html`<h2>${MAIL_TEXTS[language].attachments}</h2>
<ul class="attached">!${lines.join('\n')}</ul>`;
}
