import { html } from 'ghtml';

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+/gi;
/** What ends a sentence around an address rather than the address. */
const TRAILING = /[.,;:!?)\]}]+$/;

/** Plain text as HTML, its http(s) addresses to be clicked; the site behind one is not told where they were. */
export function linkedText(text: string): string {
  let shown = '';
  let at = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(TRAILING, '');
    if (!/^https?:$/.test(URL.parse(address)?.protocol ?? '')) continue;
    shown += html`${text.slice(at, index)}<a href="${address}" rel="noreferrer">${address}</a>`;
    at = index + address.length;
  }
  return shown + html`${text.slice(at)}`;
}
