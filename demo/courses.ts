import type { Faker } from '@faker-js/faker';
import type { Opening } from './openings.ts';
import type { Person } from './person.ts';
import { pipelineOf } from './pipelines.ts';
import { reasonFor } from './rejection-reasons.ts';
import { workday } from './workday.ts';

/** What becomes of one application: the stages that it reached, in order, and how it ended if it did. */
export interface Course {
  stages: { value: string; date: string }[];
  priority?: string;
  rejection?: { id: string; value: string; date: string };
}

interface Given {
  /** Days between the first on which the person can have applied and the one since which the vacancy rests. */
  room: number;
  /** Whether the person is the one who gets the job. */
  gets: boolean;
  random: Faker;
}

/** Days that it takes at least to be hired, and to be turned down. */
export const HIRED_IN = 28;
export const DECIDED_IN = 8;
/** Days from one stage to the next: never under three, so that moments keep their order. */
const PAUSE = { min: 3, max: 12 };
/** Of those on a running vacancy, the share that is still in, and since when at most. */
const STILL_IN = 0.55;
const LATELY = 100;
const LONGEST_HIRE = 65;
const PRIORITIES = ['High', 'Medium', 'Low'];

export function courseOf(person: Person, opening: Opening, given: Given): Course {
  const { room, gets, random } = given;
  const stages = pipelineOf(opening.career.department, opening.step).map(({ value }) => value);
  const on = (days: number[]) =>
    days.map((day, index) => ({ value: stages[index]!, date: workday(day, random) }));
  if (gets) return { stages: on(daysToHire(stages.length, opening, given)) };

  const { restsSince, status } = opening;
  const running = status === 'open' || status === 'on hold';
  if (running && (room < DECIDED_IN || random.datatype.boolean(STILL_IN))) {
    const applied = restsSince + ratherLong(0, Math.min(room, LATELY), random);
    const priority = random.datatype.boolean(0.2) ? random.helpers.arrayElement(PRIORITIES) : undefined;
    const days = daysThrough(reached(stages.length - 1, random), applied, restsSince, random);
    return { stages: on(days), ...(priority && { priority }) };
  }
  const applied = restsSince + ratherLong(DECIDED_IN - PAUSE.min, room, random);
  const days = daysThrough(reached(stages.length - 1, random), applied, restsSince + PAUSE.min, random);
  const decided = Math.max(restsSince, days.at(-1)! - random.number.int(PAUSE));
  const reason = reasonFor(person, opening, {
    stage: days.length - 1,
    atEnd: decided === restsSince,
    random,
  });
  return { stages: on(days), rejection: { ...reason, date: workday(decided, random) } };
}

/** One day for each stage, the last of them the one on which the vacancy is filled. */
function daysToHire(stages: number, { restsSince }: Opening, { room, random }: Given): number[] {
  const total = random.number.int({ min: HIRED_IN, max: Math.min(room, LONGEST_HIRE) });
  return Array.from({ length: stages }, (_, stage) =>
    Math.round(restsSince + (total * (stages - 1 - stage)) / (stages - 1)),
  );
}

/** The days on which the first stages were reached: so many at most, and none later than `until`. */
function daysThrough(stages: number, applied: number, until: number, random: Faker): number[] {
  const days = [applied];
  while (days.length < stages) {
    const day = days.at(-1)! - random.number.int(PAUSE);
    if (day < until) break;
    days.push(day);
  }
  return days;
}

/** Days between two bounds, rather many than few: else all would have come in the last weeks. */
function ratherLong(min: number, max: number, random: Faker): number {
  return Math.round(min + (max - min) * Math.sqrt(random.number.float({ min: 0, max: 1 })));
}

/** How many stages someone reaches who is not hired: rather few than many. */
function reached(most: number, random: Faker): number {
  return random.helpers.weightedArrayElement(
    Array.from({ length: most }, (_, stage) => ({ value: stage + 1, weight: most + 2 - stage })),
  );
}
