import { html } from 'ghtml';
import type { Answer } from './endpoint.ts';
import type { Language } from './language.ts';
import { PAGE_STYLE, pagePolicy } from './page-style.ts';

export interface PageOptions {
  status: number;
  language: Language;
  title: string;
  /** HTML already. */
  main: string;
  /** Whose page it is, where it is not this server's own. */
  from?: string;
  /** For more than a short form. */
  wide?: boolean;
  /** Styles of this page alone. */
  style?: string;
  /** The one script that runs on the page; it must hold nothing that came from people. */
  script?: string;
  /** Whether the script asks this server. */
  connect?: boolean;
}

/** A page around `main`. Kept nowhere, and its address (it may hold a secret) told to no one. */
export function page(options: PageOptions): Answer {
  const { status, language, title, main, from, wide, script, connect } = options;
  const styles = [PAGE_STYLE, ...(options.style === undefined ? [] : [options.style])];
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    headers: {
      'content-language': language,
      vary: 'accept-language',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': pagePolicy({ styles, script, connect }),
    },
    body: html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${from ?? 'Headwater'}</title>
!${styles.map((style) => `<style>${style}</style>`).join('\n')}
</head>
<body!${wide ? ' class="wide"' : ''}>
<div class="brand">!${from === undefined ? MARK : ''}<span>${from ?? 'Headwater'}</span></div>
<main>
!${main}
</main>
!${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>
`,
  };
}

const MARK = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"
aria-hidden="true"><path d="M12 3c3.6 4.4 5.6 7.4 5.6 10.2a5.6 5.6 0 0 1-11.2 0C6.4 10.4 8.4 7.4 12 3Z"/><path
d="M3 20.5c1.5-1.1 3-1.1 4.5 0s3 1.1 4.5 0 3-1.1 4.5 0 3 1.1 4.5 0"/></svg>`;
