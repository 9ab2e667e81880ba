const named = (...names: string[]) => names.map((name) => ({ name }));

/** The kinds of pools, as bodies for POST /v1/pooltype. */
export const POOL_TYPES = [
  {
    name: 'Nurture',
    description: 'People we stay in touch with until the right role opens.',
    steps: { sequential: false, values: named('New', 'Contacted', 'In conversation', 'Ready to talk') },
  },
  {
    name: 'Campus',
    description: 'From the first handshake at a fair to the offer of a place.',
    steps: { sequential: false, values: named('Met', 'Invited', 'Visited us') },
  },
  {
    name: 'Alumni relations',
    description: 'Those who left and might come back.',
    steps: { sequential: false, values: named('Left well', 'In touch', 'Would return') },
  },
  {
    name: 'Succession',
    description: 'Who could follow in a leading role. Nobody skips a step.',
    steps: { sequential: true, values: named('Identified', 'Assessed', 'In development', 'Ready now') },
  },
];
