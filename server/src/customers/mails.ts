import { html } from 'ghtml';
import { LANGUAGES, type Language } from '../platform/http/language.ts';
import type { Mail } from '../platform/mail/mail.ts';

/** A customer's language where mails are written in it, else English; `de-CH` counts as `de`. */
export function mailLanguage(preferred: string): Language {
  const language = preferred.toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((known) => known === language) ?? 'en';
}

interface Deletion {
  to: string;
  firstName: string;
  company: string;
  by: { name: string; email: string };
}

const TEXTS = {
  en: {
    subject: (company: string) => `Your account at ${company} was deleted`,
    hello: (name: string) => (name ? `Hello ${name},` : 'Hello,'),
    what: ({ company, by }: Deletion) => `${by.name} (${by.email}) deleted your account at ${company}.`,
    advice: 'If you think that this is a mistake, please write to them.',
  },
  de: {
    subject: (company: string) => `Ihr Konto bei ${company} wurde gelöscht`,
    hello: (name: string) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
    what: ({ company, by }: Deletion) => `${by.name} (${by.email}) hat Ihr Konto bei ${company} gelöscht.`,
    advice: 'Wenn Sie das für einen Irrtum halten, schreiben Sie bitte dorthin.',
  },
};

/** Tells a deleted customer, and by whom. */
export function deletionMail(deletion: Deletion, language: Language): Mail {
  const { subject, hello, what, advice } = TEXTS[language];
  const greeting = hello(deletion.firstName);
  return {
    to: deletion.to,
    subject: subject(deletion.company),
    text: `${greeting}\n\n${what(deletion)}\n\n${advice}\n`,
    html: html`<p>${greeting}</p>
<p>${what(deletion)}</p>
<p>${advice}</p>`,
  };
}
