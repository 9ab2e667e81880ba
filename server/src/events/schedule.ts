import { invalid } from '../platform/problem.ts';
import { MOMENT_ACCEPTED, parseMoment } from '../platform/time.ts';
import { zoneOffset } from './zone-offset.ts';

/** A moment as clients write it: by itself, or as date and time of day in the event's time zone. */
export interface ClockInput {
  timestamp?: string | null;
  date?: string | null;
  time?: string | null;
}

/** A moment as it is answered. */
export interface Clock {
  /** YYYY-MM-DD */
  date: string;
  /** HH:MM, with seconds where there are any. */
  time: string;
  /** ISO 8601 UTC. */
  timestamp: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?$/;

/** A moment (ISO 8601 UTC) in all three forms, in a time zone. */
export function clockOf(moment: string, timezone: string): Clock {
  const at = Date.parse(moment);
  const [date, clock] = new Date(at + zoneOffset(timezone, at)).toISOString().split('T') as [string, string];
  const seconds = clock.slice(5, 12);
  return {
    date,
    time: clock.slice(0, 5) + (seconds === ':00.000' ? '' : seconds.replace(/\.?0+$/, '')),
    timestamp: moment,
  };
}

/**
 * The moment, in ISO 8601 UTC, that the input at `path` means in `timezone`. Of an event that has one already
 * (`before`), only what differs from it counts, so that an answer can be sent back with one form changed; where nothing
 * differs, date and time of day stay, also in another time zone. Throws a 400 that names the part.
 */
export function decidedMoment(
  path: string,
  input: ClockInput,
  timezone: string,
  before?: { moment: string; timezone: string },
): string {
  const shown = before && clockOf(before.moment, before.timezone);
  const timestamp = read(`${path}.timestamp`, input.timestamp, parseMoment, MOMENT_ACCEPTED);
  const date = read(`${path}.date`, input.date, plainDate, 'must be a date such as 2026-01-31');
  const time = read(`${path}.time`, input.time, plainTime, 'must be a time of day such as 09:30');
  const dated = differs(date, shown?.date) || differs(time, shown?.time);
  if (timestamp !== undefined && timestamp !== shown?.timestamp) {
    const clock = shownClock(`${path}.timestamp`, timestamp, timezone);
    const agrees =
      (!differs(date, clock.date) && !differs(time, clock.time)) ||
      // What the clocks skip is not shown.
      (date !== undefined && localMoment(path, { date, time }, timezone, shown) === timestamp);
    if (dated && !agrees) {
      throw invalid(
        `${path}.timestamp`,
        `must be the same moment as date and time in ${timezone}; one of the two forms is enough`,
      );
    }
    return timestamp;
  }
  if (before && !dated && timezone === before.timezone) return before.moment;
  return localMoment(path, { date, time }, timezone, shown);
}

/**
 * A date and a time of day in a time zone, as calendars read them (RFC 5545 §3.3.5): what the clocks skip is later by
 * as much as they skip, of what they show twice the first is meant.
 */
function localMoment(
  path: string,
  given: { date: string | undefined; time: string | undefined },
  timezone: string,
  shown: Clock | undefined,
): string {
  const date = given.date ?? shown?.date;
  const time = given.time ?? shown?.time ?? '00:00';
  if (date === undefined) throw invalid(path, 'must have a timestamp, or a date and a time');
  const at = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timezone, {
    disambiguation: 'compatible',
  });
  const moment = parseMoment(new Date(at.epochMilliseconds).toISOString());
  if (moment === undefined) throw invalid(`${path}.date`, 'must be in the years 1 to 9999');
  return moment;
}

/** Date and time of day of a moment at `path`, which may be in a year that neither of them can say. */
function shownClock(path: string, moment: string, timezone: string): Clock {
  const clock = clockOf(moment, timezone);
  if (plainDate(clock.date) === undefined)
    throw invalid(path, `must be in the years 1 to 9999 in ${timezone}`);
  return clock;
}

function differs(given: string | undefined, shown: string | undefined): boolean {
  return given !== undefined && given !== shown;
}

function read(
  path: string,
  text: string | null | undefined,
  parse: (text: string) => string | undefined,
  expected: string,
): string | undefined {
  if (text === undefined || text === null) return undefined;
  const value = parse(text.trim());
  if (value === undefined) throw invalid(path, expected);
  return value;
}

function plainDate(text: string): string | undefined {
  return DATE.test(text) && parseMoment(text) !== undefined ? text : undefined;
}

/** As clockOf writes it. */
function plainTime(text: string): string | undefined {
  if (!TIME.test(text)) return undefined;
  const time = Temporal.PlainTime.from(text);
  return time.second === 0 && time.millisecond === 0 ? text.slice(0, 5) : time.toString();
}
