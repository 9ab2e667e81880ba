import { invalid } from './problem.ts';
import { parseMoment } from './time.ts';

const CLOCK_SKEW = 24 * 60 * 60 * 1000;

/** A time of the past as clients write it, in ISO 8601 UTC; a 400 about `path` where it is more than a day ahead. */
export function pastMoment(path: string, text: string | null | undefined): string | undefined {
  const moment = text ? parseMoment(text) : undefined;
  if (moment && Date.parse(moment) > Date.now() + CLOCK_SKEW)
    throw invalid(path, 'must not be in the future');
  return moment;
}
