import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { DatabaseAway, DatabaseBusy } from '../db/errors.ts';
import type { Sql } from '../db/statement.ts';
import { Demand } from './demand.ts';
import { exchangeDemand } from './demand-store.ts';
import { loggable } from './errors.ts';

/** Milliseconds between exchanges; seconds after which what was told, or found, does not count any more. */
const TIMING = { every: 300, freshFor: 2 };

/**
 * What a process may give out of a limit, by what it and all others were asked for. Under the limit it may give what the
 * others leave; past it the limit is divided as the demand is. One at least: a process that gave none would refuse
 * whoever has a connection to it for good.
 */
export function shareOf(limit: number, own: number, others: number): number {
  return Math.max(1, limit - others, Math.round((limit * own) / (own + others)));
}

/**
 * What this process may give out of limits that all processes on the database share. Each tells the others three times a
 * second what it is asked for, and works out its share of each limit; a request costs no round trip. A process that is
 * asked for little tells nothing. Without the database the last shares hold for a moment, then the full limits.
 */
export class LimitShares {
  readonly #id = randomUUID();
  readonly #demand = new Demand();
  readonly #sql: Sql;
  readonly #log: Logger;
  readonly #every: number | undefined;
  readonly #freshFor: number;
  #shares = new Map<string, number>();
  #foundAt = 0;
  /** The others hold it for what it told last. */
  #telling = false;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** `every`: milliseconds between exchanges; undefined = only when `exchange` is called. */
  constructor(sql: Sql, log: Logger, timing: { every: number | undefined; freshFor: number } = TIMING) {
    this.#sql = sql;
    this.#log = log;
    this.#every = timing.every;
    this.#freshFor = timing.freshFor;
  }

  /** Counts a request, and answers how many a second of this key's limit are this process's to give. */
  take(key: string, limit: number): number {
    if (this.#demand.count(key, limit, Date.now())) this.#wind();
    return this.#shares.get(key) ?? limit;
  }

  /** Tells and hears what is asked for. Never fails: without an answer, things stay as they are for a while. */
  async exchange(): Promise<void> {
    const asked = this.#demand.noticeable(Date.now());
    if (asked.size === 0 && !this.#telling) return;
    const keys = [...asked].map(([key, { limit, times }]) => ({ key, digest: digest(key), limit, times }));
    try {
      const told = new Map(keys.map(({ digest, times }) => [digest, times]));
      const others = await exchangeDemand(this.#sql, this.#id, told, this.#freshFor);
      const divided = keys.filter(({ digest }) => others.has(digest));
      this.#shares = new Map(
        divided.map(({ key, digest, limit, times }) => [key, shareOf(limit, times, others.get(digest)!)]),
      );
      this.#telling = keys.length > 0;
      this.#foundAt = Date.now();
    } catch (error) {
      if (Date.now() - this.#foundAt > this.#freshFor * 1000) this.#shares.clear();
      if (!(error instanceof DatabaseAway || error instanceof DatabaseBusy)) {
        this.#log.error({ error: loggable(error) }, 'the limits were not divided anew');
      }
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #wind(): void {
    if (this.#timer || this.#stopped || this.#every === undefined) return;
    this.#timer = setTimeout(async () => {
      await this.exchange();
      this.#timer = undefined;
      if (this.#telling) this.#wind();
    }, this.#every).unref();
  }
}

/** What a key is called in the database: addresses are people's. */
function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 16);
}
