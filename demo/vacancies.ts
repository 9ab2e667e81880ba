import { LEADING_STEP } from './careers.ts';
import type { Opening } from './openings.ts';
import { pipelineOf } from './pipelines.ts';
import { seeded } from './seeded.ts';
import { workday } from './workday.ts';

export const PARTNER = 'greenhouse';
const SEED = 710_000;
const TYPES = ['permanent', 'permanent', 'permanent', 'part-time', 'contract'];
/** What a euro is in other currencies; roughly, as salaries go. */
const RATES: Record<string, number> = { EUR: 1, GBP: 0.9, SEK: 10, USD: 1.5 };

export function externalId({ number }: Opening): string {
  return `demo-v-${String(number).padStart(2, '0')}`;
}

/** An opening as a body for POST /v1/vacancy. */
export function vacancyBody(opening: Opening): object {
  const { career, step, city, status, openedAgo, restsSince } = opening;
  const random = seeded(SEED + opening.number);
  const { person } = city.names;
  city.names.seed(random.number.int());
  const title = career.steps[step]!;
  const draft = status === 'draft';
  const leading = step === LEADING_STEP;
  const createdAt = workday(openedAgo, random);
  return {
    title,
    department: career.department,
    description: descriptionOf(opening),
    location: `${city.name}, ${city.country}`,
    manager: `${person.firstName()} ${person.lastName()}`,
    salary: salaryOf(opening),
    type: leading ? 'permanent' : random.helpers.arrayElement(TYPES),
    job_level_id: String(step + 1),
    visibility: draft || leading ? 'private' : 'public',
    published: status === 'open' && !leading,
    status,
    ...(draft ? {} : { job_url: `https://careers.example.com/jobs/${externalId(opening)}` }),
    dueDate: workday(openedAgo - random.number.int({ min: 60, max: 120 }), random),
    stages: pipelineOf(career.department, step),
    integrations: { [PARTNER]: { id: externalId(opening) } },
    createdAt,
    updated_at: status === 'open' || draft ? createdAt : workday(restsSince, random),
  };
}

function descriptionOf({ career, step, city }: Opening): string {
  const [first, second, third] = career.skills;
  const level = ['You are at the start.', 'You have done this for some years.', 'Others learn from you.'][
    step
  ];
  return [
    `${career.steps[step]} in our ${career.department} team in ${city.name}.`,
    level ?? 'You lead the team and answer for what it does.',
    `What you bring: ${first}, ${second} and ${third}.`,
  ].join(' ');
}

function salaryOf({ career, step, city: { currency } }: Opening): string {
  const from = career.pay[step]! * RATES[currency]!;
  const whole = (thousands: number) => (Math.round(thousands) * 1000).toLocaleString('en-US');
  return `${currency} ${whole(from)} to ${whole(from * 1.2)} a year`;
}
