import { pastMoment } from '../platform/past-moment.ts';
import { invalid } from '../platform/problem.ts';

/** A date that the input gives; a 400 about `path` where it is before `since` or more than a day ahead. */
export function dateOf(
  text: string | null | undefined,
  since: string | undefined,
  path: string,
): string | undefined {
  const moment = pastMoment(path, text);
  if (moment && since && moment < since)
    throw invalid(path, `must not be before ${since}, when the contact last moved on this vacancy`);
  return moment;
}

/** Now; where the last thing that happened is dated ahead, or by a faster clock, the millisecond after it. */
export function nowAfter(last: string | undefined): string {
  const soonest = last === undefined ? 0 : Date.parse(last) + 1;
  return new Date(Math.max(Date.now(), soonest)).toISOString();
}

export function later(one: string, other: string | undefined): string {
  return other !== undefined && other > one ? other : one;
}
