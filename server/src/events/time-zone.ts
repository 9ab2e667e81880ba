import { invalid } from '../platform/problem.ts';

// What a zone is called goes by its rules of some time: those of today's.
const A_DATE = Date.UTC(2026, 0, 1);
/** By id, of which there are some six hundred: looking one up takes long enough to be felt in a list. */
const NAMES = new Map<string, string>();

/** As clients send it back: `value` is what `id` is, `name` is for people. */
export type TimeZoneInput = string | { id?: string | null; value?: string | null };

/** The IANA id of a time zone as it is commonly written. Throws a 400 about `timezone` for what is none. */
export function timeZoneId(input: TimeZoneInput): string {
  const [path, id] =
    typeof input === 'string'
      ? ['timezone', input]
      : input.id
        ? ['timezone.id', input.id]
        : ['timezone.value', input.value ?? ''];
  // Temporal takes offsets for time zones, but these know no daylight saving.
  if (!/^[A-Za-z]/.test(id)) throw noTimeZone(path);
  try {
    return new Temporal.ZonedDateTime(0n, id).timeZoneId;
  } catch {
    throw noTimeZone(path);
  }
}

/** What people call it in English, whatever the season: 'Central European Time'. */
export function timeZoneName(id: string): string {
  let name = NAMES.get(id);
  if (name === undefined) {
    const generic = nameOf(id, 'longGeneric');
    // 'GMT+00:00' for what has a name of its own: 'Coordinated Universal Time'.
    name = generic.startsWith('GMT') ? nameOf(id, 'long') : generic;
    NAMES.set(id, name);
  }
  return name;
}

function nameOf(id: string, timeZoneName: 'longGeneric' | 'long'): string {
  const format = new Intl.DateTimeFormat('en', { timeZone: id, timeZoneName });
  return format.formatToParts(A_DATE).find(({ type }) => type === 'timeZoneName')?.value ?? id;
}

function noTimeZone(path: string): Error {
  return invalid(path, 'must be the id of a time zone of the IANA database, such as Europe/Berlin');
}
