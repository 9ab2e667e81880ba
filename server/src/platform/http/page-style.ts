import { createHash } from 'node:crypto';

/** The look of every page that this server renders itself; small enough to travel inside the page. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f3f5f4; --card: #fff; --ink: #17211e; --quiet: #55635e; --line: #7f8c87;
  --accent: #0f6b57; --accent-dark: #0b5444; --on-accent: #fff; --wrong: #b3261e; --wrong-ground: #fdf1f0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101715; --card: #19221f; --ink: #eaf0ed; --quiet: #a3b1ac; --line: #75837d;
    --accent: #5cc9ad; --accent-dark: #7ad8bf; --on-accent: #06231b; --wrong: #ff9d94; --wrong-ground: #34201e;
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
@media (max-width: 30rem) { main { padding: 1.5rem 1.25rem; } }
h1 { margin: 0 0 .6rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.015em; text-wrap: balance; }
h1, p, a { overflow-wrap: anywhere; }
p { margin: 0 0 1rem; }
main > :last-child { margin-bottom: 0; }
.quiet, .hint { color: var(--quiet); }
form { margin-top: 1.5rem; }
.field { margin-bottom: 1.15rem; }
label { display: block; margin-bottom: .3rem; font-weight: 600; }
.hint { margin: 0 0 .4rem; font-size: .9rem; }
input {
  width: 100%; min-height: 2.85rem; padding: .55rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card); color: inherit; font: inherit;
}
input[readonly] { background: var(--ground); color: var(--quiet); text-overflow: ellipsis; }
input[aria-invalid="true"] { border-color: var(--wrong); background: var(--wrong-ground); }
.mistake { margin: .4rem 0 0; color: var(--wrong); font-size: .9rem; font-weight: 600; }
button, .button {
  display: block; width: 100%; min-height: 3rem; padding: .65rem 1rem; border: 0; border-radius: .5rem;
  background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 650; text-align: center;
  text-decoration: none; cursor: pointer;
}
button:hover, .button:hover { background: var(--accent-dark); }
a { color: var(--accent); }
a.button { color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

const DIGEST = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** Nothing but this style and a form to this server: no script, no picture from elsewhere, no frame around the page. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${DIGEST}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
