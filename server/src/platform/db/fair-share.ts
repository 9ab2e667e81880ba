import { DatabaseBusy } from './errors.ts';

export interface Shares {
  /** Tasks at a time, of all keys together. */
  all: number;
  /** Tasks of one key at a time. */
  each: number;
  /** Tasks of one key that may wait. */
  waiting: number;
  /** Milliseconds that a task waits at most. */
  patience: number;
}

/** Of `patience`: what would wait longer than this is turned away as it comes, and nothing waits in vain. */
const FORESEEN = 0.8;
/** Milliseconds over which it is seen how fast a line moves. */
const GLANCE = 250;

interface Line {
  running: number;
  readonly waiting: { called(): void }[];
  /** Milliseconds between two calls; 0 = not known. */
  pace: number;
  /** How many were called since the last look at it, and when that was; undefined while nobody waits. */
  calls: number;
  since: number | undefined;
}

/**
 * Lets no one key have more than its share of something scarce: the rest of its tasks wait for a little while, or are
 * turned away. Keys are served in turn, so that a short line does not wait for a long one.
 */
export class FairShare {
  readonly #lines = new Map<unknown, Line>();
  /** Those in which tasks wait; who was served last is last. */
  readonly #queue = new Set<Line>();
  readonly #shares: Shares;
  #running = 0;

  constructor(shares: Shares) {
    this.#shares = shares;
  }

  /**
   * Runs the task when it is its turn among those of `key`, first come, first served. Throws DatabaseBusy instead of
   * letting it wait for more than `patience`.
   */
  async run<T>(key: unknown, task: () => Promise<T>, patience = this.#shares.patience): Promise<T> {
    const line = this.#lineOf(key);
    try {
      const free = this.#running < this.#shares.all && line.running < this.#shares.each;
      if (free) this.#begin(line);
      else await this.#turn(line, patience);
      try {
        return await task();
      } finally {
        this.#running--;
        line.running--;
        this.#callNext();
      }
    } finally {
      if (line.running === 0 && line.waiting.length === 0) this.#lines.delete(key);
    }
  }

  #lineOf(key: unknown): Line {
    let line = this.#lines.get(key);
    if (!line) {
      line = { running: 0, waiting: [], pace: 0, calls: 0, since: undefined };
      this.#lines.set(key, line);
    }
    return line;
  }

  #begin(line: Line): void {
    this.#running++;
    line.running++;
  }

  /** Resolves when the task has been begun. */
  #turn(line: Line, patience: number): Promise<void> {
    const foreseen = line.waiting.length * paceOf(line);
    const hopeless = line.waiting.length >= this.#shares.waiting || foreseen > patience * FORESEEN;
    if (hopeless) throw new DatabaseBusy();
    return new Promise((resolve, reject) => {
      const waiter = {
        called: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        line.waiting.splice(line.waiting.indexOf(waiter), 1);
        if (line.waiting.length === 0) this.#queue.delete(line);
        reject(new DatabaseBusy());
      }, patience);
      line.since ??= performance.now();
      this.#queue.add(line);
      line.waiting.push(waiter);
    });
  }

  /** Gives a place that has become free to the next line that has not its share yet. */
  #callNext(): void {
    for (const line of this.#queue) {
      if (line.running >= this.#shares.each) continue;
      const waiter = line.waiting.shift()!;
      this.#queue.delete(line);
      if (line.waiting.length > 0) this.#queue.add(line);
      countCall(line);
      this.#begin(line);
      waiter.called();
      return;
    }
  }
}

/** Milliseconds between two calls of a line; where none came for a while, those that have passed. */
function paceOf({ pace, calls, since }: Line): number {
  const passed = since === undefined ? 0 : performance.now() - since;
  return passed < GLANCE ? pace : passed / (calls + 1);
}

function countCall(line: Line): void {
  if (line.waiting.length === 0) {
    // Who comes next has nobody ahead.
    Object.assign(line, { pace: 0, calls: 0, since: undefined });
    return;
  }
  line.calls++;
  const now = performance.now();
  const passed = now - (line.since ?? now);
  if (passed >= GLANCE) Object.assign(line, { pace: passed / line.calls, calls: 0, since: now });
}
