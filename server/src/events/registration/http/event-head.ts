import { html } from 'ghtml';
import type { Language } from '../../../platform/http/language.ts';
import { whenInWords, whereInWords } from '../event-words.ts';
import type { PublicEvent } from '../registration.ts';
import { localTimeLine } from './local-time-script.ts';
import { REGISTRATION_TEXTS } from './registration-texts.ts';

/** When and where, as a list of terms. */
export function eventFacts(event: PublicEvent, language: Language): string {
  const { when, where } = REGISTRATION_TEXTS[language];
  const places = whereInWords(event, language);
  return html`<dl class="facts">
<dt>${when}</dt>
<dd>${whenInWords(event, language)}!${localTimeLine(event, language)}</dd>
!${places.length > 0 ? html`<dt>${where}</dt><dd class="lines">${places.join('\n')}</dd>` : ''}
</dl>`;
}

export const FACTS_STYLE = `
.facts { margin: 1.25rem 0; padding: .9rem 1rem; border-radius: .5rem; background: var(--ground); }
.facts dt { color: var(--quiet); font-size: .9rem; }
.facts dd { margin: 0 0 .7rem; font-weight: 600; }
.facts dd p { margin: .15rem 0 0; font-weight: 400; }
.facts dd:last-child { margin-bottom: 0; }
`;
