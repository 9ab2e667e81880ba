import { createHash } from 'node:crypto';

/** The look of every page that this server renders itself; small enough to travel inside the page. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f3f5f4; --card: #fff; --ink: #17211e; --quiet: #55635e; --line: #7f8c87;
  --accent: #0f6b57; --accent-dark: #0b5444; --on-accent: #fff; --wrong: #b3261e; --wrong-ground: #fdf1f0;
  --told-ground: #e4f2ee; --rule: #dfe5e2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101715; --card: #19221f; --ink: #eaf0ed; --quiet: #a3b1ac; --line: #75837d;
    --accent: #5cc9ad; --accent-dark: #7ad8bf; --on-accent: #06231b; --wrong: #ff9d94; --wrong-ground: #34201e;
    --told-ground: #17362e; --rule: #2c3834;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; padding: 2rem 1rem;
  display: flex; flex-direction: column; align-items: center; justify-content: center;
  background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
.brand {
  display: flex; align-items: center; gap: .55rem; width: 100%; max-width: 27rem; margin: 0 0 1rem;
  font-weight: 650; letter-spacing: -.01em;
}
.brand svg { width: 1.6rem; height: 1.6rem; color: var(--accent); }
main {
  width: 100%; max-width: 27rem; padding: 2rem; border-radius: .9rem; background: var(--card);
  box-shadow: 0 0 0 1px rgb(0 0 0 / .06), 0 .75rem 2rem rgb(0 0 0 / .08);
}
body.wide { justify-content: flex-start; }
.wide .brand, .wide main { max-width: 40rem; }
@media (max-width: 30rem) { body { padding: 1.25rem .75rem; } main { padding: 1.5rem 1.25rem; } }
h1 { margin: 0 0 .6rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.015em; text-wrap: balance; }
h2 { margin: 2rem 0 .6rem; font-size: 1.15rem; line-height: 1.3; }
h1, h2, p, a, li, dd, label, legend, summary, .brand { overflow-wrap: anywhere; }
p { margin: 0 0 1rem; }
main > :last-child { margin-bottom: 0; }
.quiet, .hint { color: var(--quiet); }
form { margin: 1.5rem 0; }
.field { margin-bottom: 1.15rem; }
label, legend { display: block; margin-bottom: .3rem; padding: 0; font-weight: 600; }
.hint { margin: 0 0 .4rem; font-size: .9rem; }
input, select, textarea {
  width: 100%; min-height: 2.85rem; padding: .55rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card); color: inherit; font: inherit;
}
select { text-overflow: ellipsis; }
fieldset { margin: 0 0 1.15rem; padding: 0; border: 0; min-width: 0; }
.choice { display: flex; align-items: flex-start; gap: .7rem; padding: .45rem 0; }
.choice input { flex: none; width: 1.4rem; min-height: 1.4rem; height: 1.4rem; margin: .05rem 0 0; accent-color: var(--accent); }
.choice label { flex: 1; min-width: 0; margin: 0; font-weight: 400; }
.optional { color: var(--quiet); font-weight: 400; }
input[readonly] { background: var(--ground); color: var(--quiet); text-overflow: ellipsis; }
[aria-invalid="true"] { border-color: var(--wrong); background: var(--wrong-ground); }
.mistake { margin: .4rem 0 0; color: var(--wrong); font-size: .9rem; font-weight: 600; }
button, .button {
  display: block; width: 100%; min-height: 3rem; padding: .65rem 1rem; border: 0; border-radius: .5rem;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 650; text-align: center;
  text-decoration: none; cursor: pointer;
}
button:hover, .button:hover { background: var(--accent-dark); }
button.plain, .button.plain {
  background: transparent; color: var(--accent); box-shadow: inset 0 0 0 1px var(--line);
}
button.plain:hover, .button.plain:hover { background: var(--told-ground); }
.told, .wrong { margin: 1rem 0 1.25rem; padding: .9rem 1rem; border-radius: .5rem; background: var(--told-ground); }
.wrong { background: var(--wrong-ground); border-left: .3rem solid var(--wrong); }
.told > :last-child, .wrong > :last-child { margin-bottom: 0; }
.wrong ul { margin: .4rem 0 0; padding-left: 1.2rem; }
.wrong a { color: var(--wrong); font-weight: 600; }
.lines { white-space: pre-line; }
.small { font-size: .9rem; }
a { color: var(--accent); }
a.button { color: var(--on-accent); }
a.button.plain { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/**
 * Nothing but these styles and a form to this server: no picture from elsewhere, no frame around the page, and no script
 * but the page's own one, which asks this server alone, where the page has it ask at all.
 */
export function pagePolicy(own: {
  styles: string[];
  script?: string | undefined;
  connect?: boolean | undefined;
}): string {
  return [
    "default-src 'none'",
    `style-src ${own.styles.map(digest).join(' ')}`,
    ...(own.script === undefined ? [] : [`script-src ${digest(own.script)}`]),
    ...(own.connect ? ["connect-src 'self'"] : []),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
