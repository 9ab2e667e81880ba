import type { Language } from '../../platform/http/language.ts';
import type { MailState } from '../mail.ts';

interface Texts {
  title: string;
  /** What the page is, and why a mail may wait. */
  what: string;
  all: string;
  states: Record<MailState, string>;
  none: string;
  to: string;
  written: string;
  sent: string;
  next: string;
  untried: string;
  attempts(count: number): string;
  reason: string;
  retry: string;
  retryWhich(subject: string, to: string): string;
  retried: string;
  newer: string;
  older: string;
  pages: string;
  attachments: string;
  back: string;
  refusals: Record<401 | 403 | 404 | 'foreign', { title: string; text: string }>;
}

export const MAIL_TEXTS: Record<Language, Texts> = {
  en: {
    title: 'Mails',
    what: 'What this server wrote on behalf of your company. Without a mail server (SMTP_URL) mails wait here; their links can be followed from here.',
    all: 'All',
    states: { waiting: 'Waiting', sent: 'Sent', failed: 'Failed' },
    none: 'No mails.',
    to: 'To',
    written: 'Written',
    sent: 'Sent',
    next: 'Next attempt',
    untried: 'Not tried yet',
    attempts: (count) => (count === 1 ? '1 attempt' : `${count} attempts`),
    reason: 'Last attempt',
    retry: 'Try again',
    retryWhich: (subject, to) => `Try again: ${subject}, to ${to}`,
    retried: 'This mail is next in line. Load the page again to see how it went.',
    newer: 'Newer',
    older: 'Older',
    pages: 'Pages',
    attachments: 'Attached',
    back: 'All mails',
    refusals: {
      401: {
        title: 'Please sign in',
        text: 'This page is for super admins. Load it again and sign in with your email and password.',
      },
      403: {
        title: 'Not for this account',
        text: 'Only super admins read the mails. To sign in as someone else, open this page in a private window, or restart the browser.',
      },
      404: { title: 'No such mail', text: 'There is no mail here. Sent ones are kept for 30 days.' },
      foreign: {
        title: 'Nothing was done',
        text: 'The request did not come from this page. Open the page itself and try again from there.',
      },
    },
  },
  de: {
    title: 'Mails',
    what: 'Was dieser Server im Namen Ihrer Firma geschrieben hat. Ohne Mailserver (SMTP_URL) warten Mails hier; ihren Links kann man von hier aus folgen.',
    all: 'Alle',
    states: { waiting: 'Wartet', sent: 'Verschickt', failed: 'Gescheitert' },
    none: 'Keine Mails.',
    to: 'An',
    written: 'Geschrieben',
    sent: 'Verschickt',
    next: 'Nächster Versuch',
    untried: 'Noch nicht versucht',
    attempts: (count) => (count === 1 ? '1 Versuch' : `${count} Versuche`),
    reason: 'Letzter Versuch',
    retry: 'Noch einmal versuchen',
    retryWhich: (subject, to) => `Noch einmal versuchen: ${subject}, an ${to}`,
    retried: 'Diese Mail ist als Nächste an der Reihe. Laden Sie die Seite neu, um zu sehen, wie es ausging.',
    newer: 'Neuere',
    older: 'Ältere',
    pages: 'Seiten',
    attachments: 'Angehängt',
    back: 'Alle Mails',
    refusals: {
      401: {
        title: 'Bitte melden Sie sich an',
        text: 'Diese Seite ist für Super-Admins. Laden Sie sie neu und melden Sie sich mit E-Mail-Adresse und Passwort an.',
      },
      403: {
        title: 'Nicht für dieses Konto',
        text: 'Nur Super-Admins lesen die Mails. Um sich als jemand anderes anzumelden, öffnen Sie diese Seite in einem privaten Fenster oder starten Sie den Browser neu.',
      },
      404: {
        title: 'Keine solche Mail',
        text: 'Hier ist keine Mail. Verschickte werden 30 Tage lang aufbewahrt.',
      },
      foreign: {
        title: 'Nichts wurde getan',
        text: 'Die Anfrage kam nicht von dieser Seite. Öffnen Sie die Seite selbst und versuchen Sie es von dort noch einmal.',
      },
    },
  },
};
