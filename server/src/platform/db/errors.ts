import { poolerSentence } from './session.ts';

/** The database cannot be reached or is going down; answered as 503 with Retry-After. */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    super('the database is away', { cause });
  }
}

/** A statement ran past its time limit; answered as 504. */
export class StatementTimeout extends Error {
  constructor(cause: unknown) {
    super('a statement ran past its time limit', { cause });
  }
}

/** What would wait for too long, or has; answered as 429. */
export class DatabaseBusy extends Error {
  constructor() {
    super('too much waits for the database');
  }
}

/** A write met another one's record again and again; answered as 409. */
export class Collision extends Error {
  constructor(cause: unknown) {
    super('the write collides with another record', { cause });
  }
}

/** A statement that was sent before it was known that it could not be prepared; nothing was run. */
export class Unprepared extends Error {
  constructor(cause: unknown) {
    super('the statement is not prepared', { cause });
  }
}

// A write that lost a race on a unique or foreign key looks again and then finds what it lost to. 55P03: it would have
// waited for a lock, and is not of those that do.
const RACES = new Set(['40001', '40P01', '23505', '23503', '55P03']);
// https://www.postgresql.org/docs/current/errcodes-appendix.html: class 08, operator intervention, and what the
// socket layer reports.
const AWAY = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const LOST =
  /connection (terminated|ended|timeout)|timeout exceeded when trying to connect|not queryable|client was closed/i;

export function isRetryable(error: unknown): boolean {
  return RACES.has(codeOf(error));
}

/** Whether PostgreSQL knows no statement of that name. */
export function isUnprepared(error: unknown): boolean {
  return codeOf(error) === '26000';
}

/** Whether a statement was refused because another one of its transaction had failed. */
export function isAborted(error: unknown): boolean {
  return codeOf(error) === '25P02';
}

/** Gives a driver's error its meaning; anything else stays what it is. */
export function translated(error: unknown): unknown {
  const code = codeOf(error);
  const sentence = poolerSentence(error);
  if (sentence) return new Error(sentence, { cause: error });
  if (RACES.has(code)) return new Collision(error);
  if (code === '57014') return new StatementTimeout(error);
  if (AWAY.has(code) || code.startsWith('08') || (error instanceof Error && LOST.test(error.message))) {
    return new DatabaseAway(error);
  }
  return error;
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}
