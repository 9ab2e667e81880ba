import { html } from 'ghtml';
import type { Language } from '../platform/http/language.ts';
import type { Mail } from '../platform/mail/mail.ts';

interface Invitation {
  to: string;
  firstName: string | null;
  company: string;
  url: string;
  days: number;
}

const TEXTS = {
  en: {
    subject: (company: string) => `Your access to ${company}`,
    hello: (name: string | null) => (name ? `Hello ${name},` : 'Hello,'),
    what: (company: string) =>
      `you have been invited to the talent CRM of ${company}. Choose your password here:`,
    until: (days: number) =>
      `The link works once, for ${days} days. If you did not expect this mail, ignore it.`,
  },
  de: {
    subject: (company: string) => `Ihr Zugang zu ${company}`,
    hello: (name: string | null) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
    what: (company: string) =>
      `Sie wurden zum Talent-CRM von ${company} eingeladen. Wählen Sie hier Ihr Passwort:`,
    until: (days: number) =>
      `Der Link gilt einmal und ${days} Tage lang. Wenn Sie diese Mail nicht erwartet haben, können Sie sie ignorieren.`,
  },
} satisfies Record<Language, unknown>;

/** The mail that invites someone to choose a password. */
export function invitationMail({ to, firstName, company, url, days }: Invitation, language: Language): Mail {
  const texts = TEXTS[language];
  const hello = texts.hello(firstName);
  const what = texts.what(company);
  const until = texts.until(days);
  return {
    to,
    subject: texts.subject(company),
    text: `${hello}\n\n${what}\n\n${url}\n\n${until}\n`,
    html: html`<p>${hello}</p>
      <p>${what}</p>
      <p><a href="${url}">${url}</a></p>
      <p>${until}</p>`,
  };
}
