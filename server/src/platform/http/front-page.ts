import { html } from 'ghtml';
import type { Answer } from './endpoint.ts';
import type { Language } from './language.ts';
import { page } from './page.ts';

const TEXTS = {
  en: {
    title: 'The server is running',
    what: 'This is a talent CRM for programs: they sign in and work through its API.',
    docs: 'Read the API reference',
    raw: 'The same as an OpenAPI file',
    mails: 'Mails, for super admins',
  },
  de: {
    title: 'Der Server läuft',
    what: 'Dies ist ein Talent-CRM für Programme: Sie melden sich an und arbeiten über die Schnittstelle.',
    docs: 'Zur API-Referenz',
    raw: 'Dasselbe als OpenAPI-Datei',
    mails: 'Mails, für Super-Admins',
  },
} as const;

/** What a person sees who opens the server's address in a browser. */
export function frontPage(language: Language): Answer {
  const texts = TEXTS[language];
  return page({
    status: 200,
    language,
    title: texts.title,
    main: html`<h1>${texts.title}</h1>
<p class="quiet">${texts.what}</p>
<p><a class="button" href="/docs/">${texts.docs}</a></p>
<p><a href="/openapi.json">${texts.raw}</a></p>
<p><a href="/mail">${texts.mails}</a></p>`,
  });
}
