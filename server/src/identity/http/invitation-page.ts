import { html } from 'ghtml';
import type { Answer } from '../../platform/http/endpoint.ts';
import type { Language } from '../../platform/http/language.ts';
import { page } from '../../platform/http/page.ts';
import type { Invited, Mistake } from '../accept-invitation.ts';
import type { Invitation } from '../invitation-store.ts';
import { SHORTEST_PASSWORD } from '../passwords.ts';
import { INVITATION_TEXTS } from './invitation-texts.ts';

/** The page for how things stand with a link; 404 for a dead one, whatever it died of. */
export function invitationPage(invited: Invited, language: Language, publicUrl: string): Answer {
  switch (invited.state) {
    case 'dead':
      return deadPage(language);
    case 'open':
      return formPage(invited.invitation, invited.mistake, language);
    case 'accepted':
      return acceptedPage(invited.invitation, language, publicUrl);
  }
}

function formPage({ company, email }: Invitation, mistake: Mistake | undefined, language: Language): Answer {
  const texts = INVITATION_TEXTS[language];
  const told = (about: Mistake) => (mistake === about ? texts.mistakes[about] : undefined);
  const password = passwordField({
    name: 'password',
    label: texts.password,
    hint: texts.rule,
    mistake: told('length'),
    focus: true,
  });
  const repetition = passwordField({
    name: 'repetition',
    label: texts.repetition,
    mistake: told('repetition'),
  });
  return page({
    status: mistake ? 400 : 200,
    language,
    title: `${mistake ? texts.mistaken : ''}${texts.title}`,
    main: html`<h1>${texts.title}</h1>
<p class="quiet">${texts.welcome(company)}</p>
<form method="post">
<div class="field">
<label for="email">${texts.email}</label>
<input type="email" id="email" autocomplete="username" value="${email}" readonly>
</div>
!${password}
!${repetition}
<button type="submit">${texts.submit}</button>
</form>`,
  });
}

/** Without a `maxlength`: it would cut a pasted password short without a word. */
function passwordField(field: {
  name: string;
  label: string;
  hint?: string;
  mistake: string | undefined;
  focus?: boolean;
}): string {
  const { name, label, hint, mistake, focus } = field;
  const describedBy = [...(hint ? [`${name}-hint`] : []), ...(mistake ? [`${name}-mistake`] : [])];
  const attributes = [
    ...(describedBy.length > 0 ? [`aria-describedby="${describedBy.join(' ')}"`] : []),
    ...(mistake ? ['aria-invalid="true"'] : []),
    ...(focus ? ['autofocus'] : []),
  ].join(' ');
  return html`<div class="field">
<label for="${name}">${label}</label>
!${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}
<input type="password" id="${name}" name="${name}" autocomplete="new-password" required
minlength="${SHORTEST_PASSWORD}" !${attributes}>
!${mistake ? html`<p class="mistake" id="${name}-mistake">${mistake}</p>` : ''}
</div>`;
}

function acceptedPage({ company }: Invitation, language: Language, publicUrl: string): Answer {
  const { title, text, where, signIn } = INVITATION_TEXTS[language].accepted;
  return page({
    status: 200,
    language,
    title,
    main: html`<h1>${title}</h1>
<p>${text(company)}</p>
<p class="quiet">${where}<br>${publicUrl}</p>
<p><a class="button" href="${publicUrl}/">${signIn}</a></p>`,
  });
}

function deadPage(language: Language): Answer {
  const { title, text, advice } = INVITATION_TEXTS[language].dead;
  return page({
    status: 404,
    language,
    title,
    main: html`<h1>${title}</h1>
<p>${text}</p>
<p>${advice}</p>`,
  });
}
