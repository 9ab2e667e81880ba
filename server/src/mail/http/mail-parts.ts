import { html } from 'ghtml';
import type { Language } from '../../platform/http/language.ts';
import type { MailState, MailWire } from '../mail.ts';
import { MAIL_TEXTS } from './mail-texts.ts';

/** Where the pages lie on this server, by their paths: these begin with the public address's own, where it has one. */
export interface Addresses {
  list(shown?: { status?: MailState | undefined; offset?: number }): string;
  mail(id: string): string;
  retried(id: string): string;
  retry(id: string): string;
}

/** What every part of the pages is made for. */
export interface Reader {
  language: Language;
  timezone: string;
  addresses: Addresses;
}

export function addressesAt(publicUrl: string): Addresses {
  const list = `${new URL(publicUrl).pathname.replace(/\/+$/, '')}/mail`;
  const mail = (id: string) => `${list}/${encodeURIComponent(id)}`;
  return {
    list({ status, offset = 0 } = {}) {
      const query = new URLSearchParams({
        ...(status ? { status } : {}),
        ...(offset > 0 ? { offset: String(offset) } : {}),
      }).toString();
      return query ? `${list}?${query}` : list;
    },
    mail,
    retried: (id) => `${mail(id)}?told=retried`,
    retry: (id) => `${mail(id)}/retry`,
  };
}

export function stateWord(mail: MailWire, language: Language): string {
  return html`<span class="state ${mail.status}">${MAIL_TEXTS[language].states[mail.status]}</span>`;
}

/** The button for a mail that was not sent; empty for one that was. */
export function retryForm(mail: MailWire, { language, addresses }: Reader): string {
  if (mail.status === 'sent') return '';
  const { retry, retryWhich } = MAIL_TEXTS[language];
  return html`<form method="post" action="${addresses.retry(mail.id)}" class="retry">
<button type="submit" class="plain" aria-label="${retryWhich(mail.subject, mail.to)}">${retry}</button>
</form>`;
}

const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' };

export function time(moment: string, { language, timezone }: Reader): string {
  const words = new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: timezone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return html`<time datetime="${moment}">${words.format(new Date(moment))}</time>`;
}
