import { html } from 'ghtml';
import type { Answer } from './endpoint.ts';
import type { Language } from './language.ts';
import { PAGE_POLICY, PAGE_STYLE } from './page-style.ts';

/** A page around `main`, which is HTML already. Kept nowhere, and its address (it may hold a secret) told to no one. */
export function page(options: { status: number; language: Language; title: string; main: string }): Answer {
  const { status, language, title, main } = options;
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    headers: {
      'content-language': language,
      vary: 'accept-language',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': PAGE_POLICY,
    },
    body: html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Headwater</title>
<style>!${PAGE_STYLE}</style>
</head>
<body>
<div class="brand">!${MARK}<span>Headwater</span></div>
<main>
!${main}
</main>
</body>
</html>
`,
  };
}

const MARK = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"
aria-hidden="true"><path d="M12 3c3.6 4.4 5.6 7.4 5.6 10.2a5.6 5.6 0 0 1-11.2 0C6.4 10.4 8.4 7.4 12 3Z"/><path
d="M3 20.5c1.5-1.1 3-1.1 4.5 0s3 1.1 4.5 0 3-1.1 4.5 0 3 1.1 4.5 0"/></svg>`;
