import { html } from 'ghtml';
import type { Answer } from '../../platform/http/endpoint.ts';
import { page } from '../../platform/http/page.ts';
import { MAIL_STATES, type MailState, type MailWire } from '../mail.ts';
import type { MailList } from '../read-mail-pages.ts';
import { type Reader, retryForm, stateWord, time } from './mail-parts.ts';
import { MAIL_STYLE } from './mail-style.ts';
import { MAIL_TEXTS } from './mail-texts.ts';
import { reasonInWords } from './reason-in-words.ts';

/** The company's mails, newest first. */
export function mailListPage({ mails, totalCount, range }: MailList, reader: Reader): Answer {
  const { language, addresses } = reader;
  const texts = MAIL_TEXTS[language];
  const { status, limit, offset } = range;
  const choice = (state: MailState | undefined) =>
    html`<a href="${addresses.list({ status: state })}"!${state === status ? ' aria-current="page"' : ''}>${
      state ? texts.states[state] : texts.all
    }</a>`;
  const steps = [
    ...(offset > 0 ? [{ label: texts.newer, offset: Math.max(0, offset - limit) }] : []),
    ...(offset + limit < totalCount ? [{ label: texts.older, offset: offset + limit }] : []),
  ].map((step) => html`<a href="${addresses.list({ status, offset: step.offset })}">${step.label}</a>`);
  return page({
    status: 200,
    language,
    title: texts.title,
    wide: true,
    style: MAIL_STYLE,
    main: html`<h1>${texts.title}</h1>
<p class="quiet">${texts.what}</p>
<nav aria-label="${texts.title}">!${[undefined, ...MAIL_STATES].map(choice).join('\n')}</nav>
!${
      mails.length > 0
        ? html`<ul class="mails">!${mails.map((mail) => listed(mail, reader)).join('\n')}</ul>`
        : html`<p>${texts.none}</p>`
    }
!${steps.length > 0 ? html`<nav aria-label="${texts.pages}">!${steps.join('\n')}</nav>` : ''}`,
  });
}

function listed(mail: MailWire, reader: Reader): string {
  const { language, addresses } = reader;
  const texts = MAIL_TEXTS[language];
  return html`<li>
<div>
<h2><a href="${addresses.mail(mail.id)}">${mail.subject}</a></h2>
<p>${texts.to} ${mail.to}</p>
<p class="small">!${stateWord(mail, language)} · !${time(mail.sentAt ?? mail.createdAt, reader)}</p>
!${mail.error === undefined ? '' : html`<p class="small quiet">${texts.reason}: ${reasonInWords(mail.error, language)}</p>`}
</div>
!${retryForm(mail, reader)}
</li>`;
}
