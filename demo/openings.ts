import type { Faker } from '@faker-js/faker';
import { CAREERS, type Career } from './careers.ts';
import { CITIES, type City } from './cities.ts';
import { seeded } from './seeded.ts';

const COUNT = 40;
const SEED = 725_200;
/** Days since the oldest and the latest of them opened. */
const OLDEST = 425;
const LATEST = 4;
const OFFICES = CITIES.filter(({ name }) =>
  ['Berlin', 'München', 'Paris', 'London', 'Dublin', 'New York', 'Stockholm'].includes(name),
);

export type Status = 'draft' | 'open' | 'on hold' | 'filled' | 'closed';

/** A vacancy of the demo, in days before now. */
export interface Opening {
  number: number;
  career: Career;
  step: number;
  city: City;
  status: Status;
  openedAgo: number;
  /** Since when nothing happens on it any more: filled, closed, put on hold. Of an open one yesterday. */
  restsSince: number;
}

/** The vacancies, the oldest first: always the same ones, counted back from now. */
export function openings(): Opening[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const random = seeded(SEED + index);
    const openedAgo = Math.round(LATEST + (OLDEST - LATEST) * (1 - index / (COUNT - 1)));
    const status = statusAfter(openedAgo, random);
    return {
      number: index + 1,
      career: CAREERS[index % CAREERS.length]!,
      step: random.helpers.weightedArrayElement([
        { weight: 1, value: 0 },
        { weight: 3, value: 1 },
        { weight: 4, value: 2 },
        { weight: 2, value: 3 },
      ]),
      city: OFFICES[(3 * index) % OFFICES.length]!,
      status,
      openedAgo,
      restsSince: restsSince(status, openedAgo, random),
    };
  });
}

/** What becomes of a vacancy in time. */
function statusAfter(days: number, random: Faker): Status {
  const among = (weights: Partial<Record<Status, number>>) =>
    random.helpers.weightedArrayElement(
      Object.entries(weights).map(([value, weight]) => ({ value: value as Status, weight })),
    );
  if (days > 200) return among({ filled: 7, closed: 2, 'on hold': 2, open: 1 });
  if (days > 60) return among({ filled: 4, closed: 1, 'on hold': 1, open: 4 });
  return among({ open: 3, draft: 1 });
}

function restsSince(status: Status, openedAgo: number, random: Faker): number {
  if (status === 'open' || status === 'draft') return 1;
  return random.number.int({ min: Math.max(2, openedAgo - 110), max: openedAgo - 45 });
}
