import type { Faker } from '@faker-js/faker';
import type { Opening } from './openings.ts';
import type { Person } from './person.ts';

interface Reason {
  id: string;
  value: string;
}

const reason = (value: string): Reason => ({ id: value.toLowerCase().replaceAll(' ', '-'), value });

const FILLED = reason('Position filled');
const CLOSED = reason('Position closed');
const TOO_JUNIOR = reason('Not enough experience');
const TOO_SENIOR = reason('Overqualified');
const AT_FIRST = ['Skills do not match', 'Salary expectation too high', 'Cannot relocate', 'No answer'].map(
  reason,
);
const LATER = [
  'Another applicant was stronger',
  'Withdrew',
  'Took another offer',
  'Notice period too long',
].map(reason);

/** Why a person is turned down after so many stages; `atEnd`: on the day since which the vacancy rests. */
export function reasonFor(
  person: Person,
  { step, status }: Opening,
  { stage, atEnd, random }: { stage: number; atEnd: boolean; random: Faker },
): Reason {
  if (atEnd && status === 'filled') return FILLED;
  if (atEnd && status === 'closed') return CLOSED;
  if (stage > 1) return random.helpers.arrayElement(LATER);
  const level = person.step < step ? [TOO_JUNIOR] : person.step > step ? [TOO_SENIOR] : [];
  return random.helpers.arrayElement([...AT_FIRST, ...level, ...level]);
}
