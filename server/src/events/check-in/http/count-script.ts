import { html } from 'ghtml';
import type { Counts } from '../door.ts';

/** '12 of 40 here', kept up to date by the script below. */
export function countLine({ registered, attended }: Counts, address: string, text: string): string {
  const said = text.replace('{attended}', String(attended)).replace('{registered}', String(registered));
  return html`<p class="count" id="count" role="status" aria-live="polite" data-from="${address}" data-text="${text}">${said}</p>`;
}

/** Asks every few seconds while someone looks; writes only what changed, so that it is read out once. */
export const COUNT_SCRIPT = `
(function () {
  var line = document.getElementById('count');
  var timer = setInterval(function () {
    if (document.hidden) return;
    fetch(line.dataset.from).then(function (answer) {
      if (answer.status === 404) clearInterval(timer);
      return answer.ok ? answer.json() : undefined;
    }).then(function (counts) {
      if (!counts) return;
      var said = line.dataset.text
        .replace('{attended}', counts.attended).replace('{registered}', counts.registered);
      if (said !== line.textContent) line.textContent = said;
    }).catch(function () {});
  }, 4000);
})();
`;
