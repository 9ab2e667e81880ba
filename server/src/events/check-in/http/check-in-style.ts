import { FACTS_STYLE } from '../../registration/http/event-head.ts';

/** For a phone that is held in one hand: what is tapped is large, and stands where the thumb is. */
export const CHECK_IN_STYLE = `${FACTS_STYLE}
.count { margin: 0 0 1.25rem; font-size: 1.35rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.tap { margin: 0; }
.tap button { min-height: 3.25rem; padding: .65rem .5rem; }
.with-tap { display: flex; align-items: center; justify-content: space-between; gap: 1rem; }
.with-tap p { margin: 0; }
.with-tap .tap, .people .tap { flex: none; width: 8rem; }
.search { margin: 0; }
.line { display: flex; gap: .6rem; }
.line input { flex: 1; min-width: 0; min-height: 3.25rem; font-size: 1.1rem; }
.line button { flex: none; width: auto; min-height: 3.25rem; padding: .65rem 1.25rem; }
.people { margin: 0 0 1rem; padding: 0; list-style: none; }
.people li { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .65rem 0; border-top: 1px solid var(--rule); }
.people li > div { min-width: 0; }
.people strong, .people span { display: block; }
.here { color: var(--accent); font-weight: 600; }
.walk-in { margin: 1.5rem 0; border: 1px solid var(--line); border-radius: .5rem; }
.walk-in summary { padding: .9rem 1rem; font-weight: 650; cursor: pointer; }
.walk-in form { margin: 0; padding: 0 1rem 1rem; }
.who { font-size: 1.25rem; font-weight: 650; }
h1.who { margin: 0 0 .75rem; font-size: 2rem; font-weight: 750; }
.big { margin: 0 0 1.5rem; }
.big button { min-height: 4.5rem; font-size: 1.3rem; }
.qr { max-width: 22rem; margin: 1.25rem auto; padding: .5rem; border-radius: .5rem; background: #fff; }
.qr svg { display: block; width: 100%; height: auto; fill: #000; shape-rendering: crispEdges; }
.center { text-align: center; }
`;
