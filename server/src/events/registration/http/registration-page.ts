import { html } from 'ghtml';
import type { Answer } from '../../../platform/http/endpoint.ts';
import type { Language } from '../../../platform/http/language.ts';
import { page } from '../../../platform/http/page.ts';
import type { Closed, PublicEvent, Registration } from '../registration.ts';
import { eventFacts, FACTS_STYLE } from './event-head.ts';
import { LOCAL_TIME_SCRIPT } from './local-time-script.ts';
import { openPage } from './open-page.ts';
import { REGISTRATION_TEXTS } from './registration-texts.ts';

/** The page for how things stand with a link. Being closed is no mistake of who looks, but one of who registers. */
export function registrationPage(
  registration: Registration,
  language: Language,
  asked: 'GET' | 'POST',
): Answer {
  switch (registration.state) {
    case 'unknown': {
      const { title, text } = REGISTRATION_TEXTS[language].unknown;
      return notePage({ status: 404, language, title, text });
    }
    case 'closed':
      return closedPage(registration, language, asked);
    case 'open':
      return openPage(registration, language);
    case 'registered':
      return registeredPage(registration, language);
  }
}

function closedPage(
  { why, event }: { why: Closed; event?: PublicEvent },
  language: Language,
  asked: 'GET' | 'POST',
): Answer {
  const { title, text } = REGISTRATION_TEXTS[language].closed[why];
  const status = why === 'deleted' ? 410 : asked === 'POST' ? 409 : 200;
  return notePage({ status, language, title, text, event });
}

function registeredPage({ event, email }: { event: PublicEvent; email: string }, language: Language): Answer {
  const { title, mail, bring, nothing } = REGISTRATION_TEXTS[language].registered;
  return page({
    status: 200,
    language,
    title,
    from: event.company,
    wide: true,
    style: FACTS_STYLE,
    script: LOCAL_TIME_SCRIPT,
    main: html`<h1>${title}</h1>
<p>${mail(email)} ${bring}</p>
<h2>${event.name}</h2>
!${eventFacts(event, language)}
<p class="quiet small">${nothing}</p>`,
  });
}

function notePage(note: {
  status: number;
  language: Language;
  title: string;
  text: string;
  event?: PublicEvent | undefined;
}): Answer {
  const { status, language, title, text, event } = note;
  return page({
    status,
    language,
    title,
    ...(event ? { from: event.company } : {}),
    main: html`<h1>${title}</h1>
!${event ? html`<p class="quiet">${event.name}</p>` : ''}
<p>${text}</p>`,
  });
}
