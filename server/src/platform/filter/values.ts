import { invalid } from '../problem.ts';
import { MOMENT_ACCEPTED, parseMoment } from '../time.ts';

const LONGEST_TEXT = 10_000;
const MOST_DAYS = 36_500;
const DAY = 86_400_000;
const NUMERIC = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export function textValue(value: unknown, path: string): string {
  if (typeof value !== 'string') throw invalid(path, 'must be a string');
  if (value.length > LONGEST_TEXT) throw invalid(path, `must be at most ${LONGEST_TEXT} characters long`);
  if (value.includes('\0')) throw invalid(path, 'must not contain the character U+0000');
  if (!value.isWellFormed()) throw invalid(path, 'must not contain half of a surrogate pair');
  return value;
}

/** A time as text, or `{daysAgo}` counted from `now`. */
export function momentValue(value: unknown, path: string, now: Date): string {
  if (typeof value === 'object' && value !== null && 'daysAgo' in value) {
    const days = boundedNumber(value.daysAgo, `${path}.daysAgo`, -MOST_DAYS, MOST_DAYS);
    return new Date(Math.round(now.getTime() - days * DAY)).toISOString();
  }
  const moment = typeof value === 'string' ? parseMoment(value) : undefined;
  if (moment === undefined) throw invalid(path, `${MOMENT_ACCEPTED}, or {"daysAgo": 7}`);
  return moment;
}

/** A number, or one written as text. */
export function numberValue(value: unknown, path: string): number {
  const number = typeof value === 'string' && NUMERIC.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw invalid(path, 'must be a number');
  return number;
}

export function booleanValue(value: unknown, path: string): boolean {
  if (typeof value !== 'boolean') throw invalid(path, 'must be true or false');
  return value;
}

export function boundedNumber(value: unknown, path: string, least: number, most: number): number {
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw invalid(path, `must be a number from ${least} to ${most}`);
  }
  return value;
}
