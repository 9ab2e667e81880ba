import { html } from 'ghtml';
import type { Language } from '../../../platform/http/language.ts';
import { inputField, tickField } from '../../registration/http/form-field.ts';
import { mistakeTexts } from '../../registration/http/registration-mistakes.ts';
import type { Mistakes } from '../../registration/registration.ts';
import type { WalkIn } from '../door.ts';
import { CHECK_IN_TEXTS } from './check-in-texts.ts';

const EMPTY: WalkIn = { name: '', email: '', consent: false };

/** Folded away until it is needed; unfolded where something was wrong. */
export function walkInForm(
  given: { form: WalkIn; mistakes: Mistakes } | undefined,
  company: string,
  action: string,
  language: Language,
): string {
  const texts = CHECK_IN_TEXTS[language].walkIn;
  const form = given?.form ?? EMPTY;
  const mistakes = mistakeTexts(given?.mistakes ?? {}, [], language);
  const focused = [...mistakes.keys()][0];
  const fields = [
    inputField({
      name: 'name',
      label: texts.name,
      required: true,
      autocomplete: 'off',
      value: form.name,
      mistake: mistakes.get('name'),
      focus: focused === 'name',
    }),
    inputField({
      name: 'email',
      label: texts.email,
      optional: texts.optional,
      type: 'email',
      autocomplete: 'off',
      value: form.email,
      mistake: mistakes.get('email'),
      focus: focused === 'email',
    }),
    tickField({
      name: 'consent',
      label: texts.consent(company),
      optional: texts.optional,
      ticked: form.consent,
      mistake: mistakes.get('consent'),
    }),
  ];
  return html`<details class="walk-in"!${mistakes.size > 0 ? ' open' : ''}>
<summary>${texts.title}</summary>
<form method="post" action="${action}">
<p class="quiet small">${texts.hint}</p>
!${fields.join('\n')}
<button type="submit">${texts.submit}</button>
</form>
</details>`;
}
