/** The steps towards an event, in their order, with what people call them. */
export const STEPS = {
  prospect: 'Prospect',
  invited: 'Invited',
  registered: 'Registered',
  attended: 'Attended',
} as const;
export type Step = keyof typeof STEPS;
export const STEP_IDS = Object.keys(STEPS) as [Step, ...Step[]];

/** How many stand at each step, as the store counts them; a step where nobody stands may be missing. */
export type Standing = Partial<Record<Step, number>>;

/** What the API says of attendance: how many reached at least each step, and how many of the registered came. */
export function metricsOf(standing: Standing) {
  const funnel = Object.fromEntries(
    STEP_IDS.map((step, place) => [
      step,
      STEP_IDS.slice(place).reduce((sum, reached) => sum + (standing[reached] ?? 0), 0),
    ]),
  ) as Record<Step, number>;
  return {
    attendanceRate: rate(funnel.attended, funnel.registered),
    funnel,
    funnelList: STEP_IDS.map((id) => ({ id, name: STEPS[id], count: funnel[id] })),
  };
}

/** To three decimals. */
function rate(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 1000;
}
