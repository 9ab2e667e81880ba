// RFC 3339, besides: a date alone, no zone (then UTC), a blank for the T, more than three decimals.
const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2})?)?$/;
const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

export const MOMENT_ACCEPTED = 'must be a time such as 2026-01-31T12:00:00Z, or a date such as 2026-01-31';

/** A time as clients write it, in ISO 8601 UTC with milliseconds; undefined where it is none (docs/wire-rulings.md section 1). */
export function parseMoment(text: string): string | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // What is no day of the calendar has become one of the next month's.
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  let at = date.getTime() + (Number(hour) * 60 + Number(minute)) * 60_000;
  // 60 is a leap second: RFC 3339 §5.6 allows it, and it reads as the first of the next minute.
  if (Number(second) > 60) return undefined;
  at += Number(second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (/\d/.test(zone)) {
    const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
    if (hours > 23 || minutes > 59) return undefined;
    at -= (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  }
  return at >= FIRST && at <= LAST ? new Date(at).toISOString() : undefined;
}

/** A time as PostgreSQL spells it in JSON, in ISO 8601 UTC with milliseconds. */
export function isoMoment(text: string): string {
  // Under TimeZone=UTC the texts differ in decimals alone.
  return text.endsWith('+00:00') ? inMilliseconds(text.slice(0, -6)) : new Date(text).toISOString();
}

/** The same for a time that may be missing. */
export function maybeMoment(text: string | null): string | null {
  return text === null ? null : isoMoment(text);
}

/** 2026-01-02T03:04:05, with whatever decimals, as UTC with three of them. */
export function inMilliseconds(text: string): string {
  const whole = text.length === 19 ? `${text}.` : text;
  return `${whole.slice(0, 23).padEnd(23, '0')}Z`;
}
