import { html } from 'ghtml';
import type { Problem } from '../problem.ts';
import type { Answer } from './endpoint.ts';
import type { Language } from './language.ts';
import { page } from './page.ts';

const TEXTS = {
  en: {
    busy: ['Too many requests', 'Wait a minute, then try again.'],
    away: ['Not available just now', 'Wait a moment, then load the page again.'],
    unreadable: [
      'That did not work',
      'The server could not read what was sent. Load the page again and repeat it.',
    ],
    fault: ['Something went wrong', 'The fault is on the server. Please try again later.'],
  },
  de: {
    busy: ['Zu viele Anfragen', 'Warten Sie eine Minute und versuchen Sie es dann noch einmal.'],
    away: ['Gerade nicht erreichbar', 'Warten Sie einen Moment und laden Sie die Seite dann neu.'],
    unreadable: [
      'Das hat nicht geklappt',
      'Der Server konnte die Angaben nicht lesen. Laden Sie die Seite neu und wiederholen Sie sie.',
    ],
    fault: [
      'Etwas ist schiefgegangen',
      'Der Fehler liegt am Server. Bitte versuchen Sie es später noch einmal.',
    ],
  },
} as const;

/** What a program would be told as JSON, for a person. */
export function problemPage({ status }: Problem, language: Language): Answer {
  const kind = status === 429 ? 'busy' : status >= 503 ? 'away' : status >= 500 ? 'fault' : 'unreadable';
  const [title, advice] = TEXTS[language][kind];
  return page({ status, language, title, main: html`<h1>${title}</h1><p>${advice}</p>` });
}
