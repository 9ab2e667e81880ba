import type { StandingInput } from '../contacts/contact-input.ts';
import { invalid } from '../platform/problem.ts';
import { parseMoment } from '../platform/time.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { dateOf } from './standing-dates.ts';

/** Why a contact is out of the running on a vacancy. */
export interface Rejection {
  id: string;
  value?: string;
  date: string;
}

/**
 * The rejection after the input. One that is sent as it is, by its id or its value, keeps its date; a new one has the
 * date that is sent, which must not be before `since`, or `now`. Throws a 400 about `path`.
 */
export function changedRejection(
  before: Rejection | undefined,
  given: StandingInput['rejectionReason'],
  { since, now }: { since: string | undefined; now: string },
  path: string,
): Rejection | undefined {
  if (given === undefined) return before;
  if (given === null) return undefined;
  const value = given.value?.trim();
  if (!given.id && !value) throw invalid(path, 'must have an id or a value; null takes a rejection back');
  const same = before && (given.id ? given.id === before.id : value === before.value);
  const known = same && (!given.date || parseMoment(given.date) === before.date);
  const text = value || (same ? before.value : undefined);
  return {
    id: given.id || (same ? before.id : uuidv7()),
    ...(text ? { value: text } : {}),
    date: known ? before.date : (dateOf(given.date, since, `${path}.date`) ?? now),
  };
}

export function sameRejection(one: Rejection | undefined, other: Rejection): boolean {
  return one?.id === other.id && one.value === other.value && one.date === other.date;
}
