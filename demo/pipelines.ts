import { LEADING_STEP } from './careers.ts';

/** A stage of a vacancy, as a body names it; in the last one, the applicant is hired, and nobody leaves it. */
interface Stage {
  value: string;
  group: string;
  locked?: boolean;
}

const hired: Stage = { value: 'Hired', group: 'hired', locked: true };

const OFFICE: Stage[] = [
  { value: 'Applied', group: 'applied' },
  { value: 'Phone screen', group: 'screening' },
  { value: 'Team interview', group: 'interview' },
  { value: 'Case study', group: 'interview' },
  { value: 'Offer', group: 'offer' },
  hired,
];
const ON_SITE: Stage[] = [
  { value: 'Applied', group: 'applied' },
  { value: 'Phone call', group: 'screening' },
  { value: 'Trial shift', group: 'interview' },
  { value: 'Contract sent', group: 'offer' },
  hired,
];
const LEADERSHIP: Stage[] = [
  { value: 'Longlist', group: 'applied' },
  { value: 'Confidential talk', group: 'screening' },
  { value: 'Panel interview', group: 'interview' },
  { value: 'References', group: 'interview' },
  { value: 'Offer', group: 'offer' },
  hired,
];

/** The stages of a vacancy on a step of a career. */
export function pipelineOf(department: string, step: number): Stage[] {
  if (step === LEADING_STEP) return LEADERSHIP;
  return ['Care', 'Logistics'].includes(department) ? ON_SITE : OFFICE;
}
