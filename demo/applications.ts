import type { Faker } from '@faker-js/faker';
import { type Course, courseOf, DECIDED_IN, HIRED_IN } from './courses.ts';
import type { Opening } from './openings.ts';
import type { Person } from './person.ts';
import { seeded } from './seeded.ts';

const SEED = 800_000;
/** One in so many of the first people applies, and some of them twice. */
const EVERY = 6;
const MOST = 340;
const TWICE = 0.2;

/** How a person's step that is off by 0, 1 or 2 weighs. */
const CLOSENESS = [6, 3, 1];

export interface Application {
  person: Person;
  opening: Opening;
  course: Course;
}

/**
 * Who applies where, and what comes of it. Always the same: more people add applications and change none. The first
 * who fits a vacancy that is filled is the one who got it.
 */
export function applications(people: readonly Person[], all: readonly Opening[]): Application[] {
  const made: Application[] = [];
  const taken = new Set<Opening>();
  for (const person of people) {
    if (person.index % EVERY !== 1 || person.index >= EVERY * MOST) continue;
    const random = seeded(SEED + person.index);
    const times = random.datatype.boolean(TWICE) ? 2 : 1;
    const tried = new Set<Opening>();
    for (let time = 0; time < times; time++) {
      const opening = choice(
        person,
        all.filter((one) => !tried.has(one)),
        random,
      );
      if (!opening) break;
      tried.add(opening);
      const room = roomOf(person, opening);
      const gets = opening.status === 'filled' && !taken.has(opening) && room >= HIRED_IN;
      if (gets) taken.add(opening);
      made.push({ person, opening, course: courseOf(person, opening, { room, gets, random }) });
      if (gets) break;
    }
  }
  return made;
}

/** For how many days, before a vacancy came to rest, the person could have been on it. */
function roomOf({ knownFor }: Person, { openedAgo, restsSince }: Opening): number {
  return Math.min(openedAgo, knownFor) - 2 - restsSince;
}

/** A vacancy of the person's career, not much higher or lower than the person stands, rather near than far. */
function choice(person: Person, all: readonly Opening[], random: Faker): Opening | undefined {
  const fitting = all.filter(
    (opening) =>
      opening.status !== 'draft' &&
      opening.career === person.career &&
      Math.abs(opening.step - person.step) < CLOSENESS.length &&
      roomOf(person, opening) >= (opening.status === 'open' ? 1 : DECIDED_IN),
  );
  if (fitting.length === 0) return undefined;
  return random.helpers.weightedArrayElement(
    fitting.map((opening) => ({ value: opening, weight: weightOf(person, opening) })),
  );
}

function weightOf({ step, city }: Person, opening: Opening): number {
  const near = opening.city === city ? 4 : opening.city.country === city.country ? 2 : 1;
  return near * CLOSENESS[Math.abs(opening.step - step)]!;
}
