import { html } from 'ghtml';
import type { Answer } from '../../../platform/http/endpoint.ts';
import type { Language } from '../../../platform/http/language.ts';
import { page } from '../../../platform/http/page.ts';
import { momentInWords, whenInWords } from '../../registration/event-words.ts';
import type { Door, Registrant, Told } from '../door.ts';
import type { Addresses } from './addresses.ts';
import { CHECK_IN_STYLE } from './check-in-style.ts';
import { CHECK_IN_TEXTS } from './check-in-texts.ts';
import { COUNT_SCRIPT, countLine } from './count-script.ts';
import { tapForm } from './tap-form.ts';
import { walkInForm } from './walk-in-form.ts';

type Open = Extract<Door, { state: 'open' }>;

/** What the page is shown with: the link it lies behind, and for whom. */
export interface Shown {
  slug: string;
  language: Language;
  addresses: Addresses;
}

/** The list at the door; 400 where a walk-in was not taken. */
export function doorPage(door: Open, { slug, language, addresses }: Shown): Answer {
  const { event, counts, search, registrants, more, told, walkIn } = door;
  const texts = CHECK_IN_TEXTS[language].door;
  const here = momentInWords(event, language);
  const mistaken = walkIn !== undefined && Object.keys(walkIn.mistakes).length > 0;
  const row = (registrant: Registrant) => registrantRow(registrant, { slug, language, addresses }, here);
  const none = search ? texts.noneFound(search) : texts.none;
  return page({
    status: mistaken ? 400 : 200,
    language,
    title: texts.title(event.name),
    from: event.company,
    wide: true,
    style: CHECK_IN_STYLE,
    script: COUNT_SCRIPT,
    connect: true,
    main: html`<h1>${event.name}</h1>
<p class="quiet small">${whenInWords(event, language)}</p>
!${countLine(counts, addresses.door(slug, 'count'), texts.count)}
!${told ? toldBanner(told, { slug, language, addresses }, here) : ''}
<form method="get" action="${addresses.door(slug)}" role="search" class="search">
<label for="q">${texts.search}</label>
<p class="hint" id="q-hint">${texts.scan}</p>
<div class="line"><input type="search" id="q" name="q" value="${search}" autocomplete="off" autocapitalize="words"
spellcheck="false" enterkeyhint="search" aria-describedby="q-hint"!${mistaken ? '' : ' autofocus'}><button type="submit">${texts.find}</button></div>
</form>
<h2>${search ? texts.found : texts.registered}</h2>
!${registrants.length > 0 ? html`<ul class="people">!${registrants.map(row).join('\n')}</ul>` : html`<p>${none}</p>`}
!${more ? html`<p class="quiet">${texts.more}</p>` : ''}
!${search ? html`<p><a href="${addresses.door(slug)}">${texts.everyone}</a></p>` : ''}
!${walkInForm(walkIn, event.company, addresses.door(slug, 'walk-in'), language)}`,
  });
}

function registrantRow(
  { contactId, name, email, attendedAt }: Registrant,
  { slug, language, addresses }: Shown,
  here: (at: string) => string,
): string {
  const texts = CHECK_IN_TEXTS[language].door;
  const fields = { contact: contactId };
  const button =
    attendedAt === undefined
      ? tapForm({
          action: addresses.door(slug, 'attended'),
          fields,
          label: texts.checkIn,
          who: texts.checkInWho(name),
        })
      : tapForm({
          action: addresses.door(slug, 'undo'),
          fields,
          label: texts.undo,
          who: texts.undoWho(name),
          plain: true,
        });
  return html`<li><div><strong>${name}</strong>
!${email ? html`<span class="quiet small">${email}</span>` : ''}
!${attendedAt ? html`<span class="here small">${texts.here(here(attendedAt))}</span>` : ''}</div>
!${button}</li>`;
}

function toldBanner(
  { what, registrant }: { what: Told; registrant: Registrant },
  { slug, language, addresses }: Shown,
  here: (at: string) => string,
): string {
  const texts = CHECK_IN_TEXTS[language].door;
  const { contactId, name, attendedAt } = registrant;
  const undo = tapForm({
    action: addresses.door(slug, 'undo'),
    fields: { contact: contactId },
    label: texts.undo,
    who: texts.undoWho(name),
    plain: true,
  });
  return html`<div class="${bannerClass(what, attendedAt)} with-tap" role="status"><p><strong>${toldText(what, name, attendedAt, here, language)}</strong></p>
!${attendedAt === undefined ? '' : undo}</div>`;
}

/** Whoever was checked in before stands out: the ticket may be someone else's. */
export function bannerClass(what: Told | undefined, attendedAt: string | undefined): 'told' | 'wrong' {
  return attendedAt !== undefined && what !== 'attended' ? 'wrong' : 'told';
}

/** What a tap did, in a sentence; where another has undone or repeated it since, how things stand now. */
export function toldText(
  what: Told,
  name: string,
  attendedAt: string | undefined,
  here: (at: string) => string,
  language: Language,
): string {
  const { told } = CHECK_IN_TEXTS[language].door;
  if (attendedAt === undefined) return told.undone(name);
  return what === 'attended' ? told.attended(name) : told.again(name, here(attendedAt));
}
