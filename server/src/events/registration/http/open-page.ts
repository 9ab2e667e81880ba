import { html } from 'ghtml';
import type { Answer } from '../../../platform/http/endpoint.ts';
import type { Language } from '../../../platform/http/language.ts';
import { page } from '../../../platform/http/page.ts';
import type { Question, Registration, RegistrationForm } from '../registration.ts';
import { eventFacts, FACTS_STYLE } from './event-head.ts';
import { answerName, TRAP } from './form-body.ts';
import { inputField, mistakeSummary, tickField } from './form-field.ts';
import { LOCAL_TIME_SCRIPT } from './local-time-script.ts';
import { questionField } from './question-field.ts';
import { mistakeTexts } from './registration-mistakes.ts';
import { REGISTRATION_TEXTS } from './registration-texts.ts';

type Open = Extract<Registration, { state: 'open' }>;

const EMPTY: RegistrationForm = { name: '', email: '', phone: '', consent: false, answers: {} };
/** Out of sight without being hidden, which programs look for. */
const STYLE = `${FACTS_STYLE}
.aside { position: absolute; left: -100vw; width: 1px; height: 1px; overflow: hidden; }
`;

/** The event and the form; 400 with what is wrong where something is, and everything as it was typed. */
export function openPage(
  { event, questions, form = EMPTY, mistakes = {} }: Open,
  language: Language,
): Answer {
  const texts = REGISTRATION_TEXTS[language];
  const told = mistakeTexts(mistakes, questions, language);
  const mistaken = told.size > 0;
  const summary = [...told].map(([key, mistake]) => ({
    name: fieldName(key, questions),
    label: labelOf(key, questions, language),
    mistake,
  }));
  return page({
    status: mistaken ? 400 : 200,
    language,
    title: `${mistaken ? texts.mistaken : ''}${texts.title(event.name)}`,
    from: event.company,
    wide: true,
    style: STYLE,
    script: LOCAL_TIME_SCRIPT,
    main: html`<h1>${event.name}</h1>
!${mistaken ? mistakeSummary(texts.summary(told.size), summary) : ''}
!${eventFacts(event, language)}
!${event.description ? html`<p class="lines">${event.description}</p>` : ''}
<h2>${texts.aboutYou}</h2>
<form method="post">
!${personFields(form, told, language)}
!${questions
      .map((question) =>
        questionField(
          question,
          { answer: answerTo(form, question), mistake: told.get(question.id) },
          language,
        ),
      )
      .join('\n')}
!${trapField(texts.trap)}
!${tickField({
      name: 'consent',
      label: texts.consent(event.company),
      mistake: told.get('consent'),
      required: true,
      ticked: form.consent,
    })}
<button type="submit">${texts.submit}</button>
</form>
<p class="quiet small">${texts.privacy(event.company)}</p>`,
  });
}

function personFields(form: RegistrationForm, told: Map<string, string>, language: Language): string {
  const texts = REGISTRATION_TEXTS[language];
  return [
    inputField({
      name: 'name',
      label: texts.name,
      mistake: told.get('name'),
      required: true,
      autocomplete: 'name',
      value: form.name,
    }),
    inputField({
      name: 'email',
      label: texts.email,
      hint: texts.emailHint,
      mistake: told.get('email'),
      required: true,
      type: 'email',
      autocomplete: 'email',
      value: form.email,
    }),
    inputField({
      name: 'phone',
      label: texts.phone,
      optional: texts.optional,
      mistake: told.get('phone'),
      type: 'tel',
      autocomplete: 'tel',
      value: form.phone,
    }),
  ].join('\n');
}

function trapField(label: string): string {
  return html`<div class="aside" aria-hidden="true">
<label for="${TRAP}">${label}</label>
<input type="text" id="${TRAP}" name="${TRAP}" tabindex="-1" autocomplete="off">
</div>`;
}

function answerTo({ answers }: RegistrationForm, { id }: Question): string[] {
  return Object.hasOwn(answers, id) ? answers[id]! : [];
}

function fieldName(key: string, questions: Question[]): string {
  return questions.some(({ id }) => id === key) ? answerName(key) : key;
}

function labelOf(key: string, questions: Question[], language: Language): string {
  const texts = REGISTRATION_TEXTS[language];
  const labels: Record<string, string> = {
    name: texts.name,
    email: texts.email,
    phone: texts.phone,
    consent: texts.consentShort,
  };
  return questions.find(({ id }) => id === key)?.name ?? labels[key] ?? key;
}
