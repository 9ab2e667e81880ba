import { html } from 'ghtml';
import type { Language } from '../../../platform/http/language.ts';
import type { PublicEvent } from '../registration.ts';

const TEXTS: Record<Language, string> = {
  en: 'That is {when} in your time zone ({zone}).',
  de: 'Das ist {when} in Ihrer Zeitzone ({zone}).',
};
const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de' };

/** An empty line that the script below fills where the visitor's clock shows another time than the event's. */
export function localTimeLine({ startAt, endAt, timezone }: PublicEvent, language: Language): string {
  return html`<p class="quiet small" id="local-time" hidden data-start="${startAt}" data-end="${endAt ?? ''}"
data-zone="${timezone}" data-locale="${LOCALES[language]}" data-text="${TEXTS[language]}"></p>`;
}

/** Everything it says comes from the line's own attributes, so that it is the same on every page. */
export const LOCAL_TIME_SCRIPT = `
(function () {
  var line = document.getElementById('local-time');
  if (!line) return;
  var data = line.dataset;
  var start = new Date(data.start);
  var zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  function say(at, timeZone, parts) {
    parts.timeZone = timeZone;
    return Intl.DateTimeFormat(data.locale, parts).format(at);
  }
  function clock(at, timeZone) { return say(at, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }); }
  function day(at, timeZone) { return say(at, timeZone, { weekday: 'long', day: 'numeric', month: 'long' }); }
  if (clock(start, zone) === clock(start, data.zone) && day(start, zone) === day(start, data.zone)) return;
  var when = clock(start, zone);
  if (day(start, zone) !== day(start, data.zone)) when = day(start, zone) + ', ' + when;
  if (data.end) {
    var end = new Date(data.end);
    if (day(end, zone) !== day(start, zone)) when += ' – ' + day(end, zone) + ', ' + clock(end, zone);
    else if (end > start) when += '–' + clock(end, zone);
  }
  var city = zone.split('/').pop().replace(/_/g, ' ');
  line.textContent = data.text.replace('{when}', when).replace('{zone}', city);
  line.hidden = false;
})();
`;
