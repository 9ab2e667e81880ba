/** The list is read on a phone as on a desk: a row's button stands beside it where there is room. */
export const MAIL_STYLE = `
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 1.25rem; }
nav a[aria-current] { color: inherit; font-weight: 650; text-decoration: none; }
nav a, .mails h2 a { display: inline-block; padding: .25rem 0; }
.mails { margin: 0 0 1.25rem; padding: 0; list-style: none; }
.mails li { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1rem; padding: 1rem 0; border-top: 1px solid var(--rule); }
.mails li > div { flex: 1 1 17rem; min-width: 0; }
.mails h2 { margin: 0; font-size: 1rem; }
.mails p { margin: 0; }
.retry { flex: none; margin: 0; }
.retry button { width: auto; min-height: 2.75rem; padding: .5rem 1rem; }
.state { font-weight: 650; }
.state.sent { color: var(--accent); }
.state.failed { color: var(--wrong); }
.facts { margin: 0 0 1.25rem; padding: .9rem 1rem; border-radius: .5rem; background: var(--ground); }
.facts dt { color: var(--quiet); font-size: .9rem; }
.facts dd { margin: 0 0 .7rem; font-weight: 600; }
.facts dd:last-child { margin-bottom: 0; }
.text { margin: 1.5rem 0; padding: 1.25rem 0 0; border-top: 1px solid var(--rule); white-space: pre-wrap; overflow-wrap: anywhere; }
.attached { margin: 0 0 1rem; padding-left: 1.2rem; overflow-wrap: anywhere; }
`;
