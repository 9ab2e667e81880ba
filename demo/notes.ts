import type { Person } from './person.ts';
import { seeded } from './seeded.ts';
import { workday } from './workday.ts';

const SEED = 900_000;
/** One in so many of the first people has a note. */
const EVERY = 15;
const MOST = 150;

type Words = (person: Person) => string;

const CALLS: Words[] = [
  ({ firstName, city }) => `Called ${firstName}: happy to talk, would stay in ${city.name}.`,
  ({ firstName }) => `Left a message for ${firstName}. Try again on Thursday after five.`,
  ({ employer }) => `First call. Likes the team at ${employer} but sees no next step there.`,
  ({ firstName }) => `${firstName} asked for the salary range before going on; sent it by mail.`,
  () => 'Short call between two meetings. Interested, but not before the summer.',
  ({ skills }) => `Good talk about ${skills[0]}. Knows it from practice, not from slides.`,
];
const OPINIONS: Words[] = [
  ({ skills }) => `Strong in ${skills[0]} and ${skills[1]}; the rest can be learned.`,
  ({ career }) =>
    `Second in the last ${career.department.toLowerCase()} round by a hair. Ask first next time.`,
  ({ career, step }) => `Works as ${career.steps[step]} and already does more than that.`,
  () => 'References are excellent, both of them without being asked.',
  ({ firstName }) => `${firstName} asks better questions than we do. Keep close.`,
  () => 'Friendly, but the notice period is too long for what we have open now.',
];
const PLANS: Words[] = [
  ({ city }) => `Meet for a coffee at the next fair in ${city.name}.`,
  ({ firstName }) => `Send ${firstName} the new description as soon as it is out.`,
  ({ employer }) => `Contract with ${employer} ends soon. Ask again a month before.`,
  () => 'Wants to hear from us twice a year, not more often.',
];

/** The note that a recruiter has made on a person, as a body for POST /v1/note without the contact; few have one. */
export function noteOn(person: Person): { text: string; date: string } | undefined {
  if (person.index % EVERY !== 4 || person.index >= EVERY * MOST) return undefined;
  const random = seeded(SEED + person.index);
  const words = random.helpers.arrayElement([...CALLS, ...OPINIONS, ...PLANS]);
  const daysAgo = random.number.int({ min: 1, max: Math.max(1, Math.min(person.knownFor - 2, 300)) });
  return { text: words(person), date: workday(daysAgo, random) };
}
