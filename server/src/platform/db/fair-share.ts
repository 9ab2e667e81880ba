import { DatabaseBusy } from './errors.ts';

interface Line {
  running: number;
  readonly waiting: (() => void)[];
}

/** Lets no one key have more than its share of something scarce: the rest of its tasks wait, or are turned away. */
export class FairShare {
  readonly #lines = new Map<unknown, Line>();
  readonly #each: number;
  readonly #mostWaiting: number;
  readonly #patience: number;

  /**
   * `each`: tasks of one key at a time. Past `mostWaiting` more of them, and after `patience` milliseconds in line, `run`
   * throws DatabaseBusy.
   */
  constructor(each: number, mostWaiting: number, patience: number) {
    this.#each = each;
    this.#mostWaiting = mostWaiting;
    this.#patience = patience;
  }

  /** Runs the task when it is its turn among those of `key`, first come, first served. */
  async run<T>(key: unknown, task: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(key) ?? { running: 0, waiting: [] };
    this.#lines.set(key, line);
    if (line.running < this.#each) line.running++;
    else {
      if (line.waiting.length >= this.#mostWaiting) throw new DatabaseBusy();
      await this.#turn(line);
    }
    try {
      return await task();
    } finally {
      const next = line.waiting.shift();
      if (next) next();
      else if (--line.running === 0) this.#lines.delete(key);
    }
  }

  #turn(line: Line): Promise<void> {
    return new Promise((resolve, reject) => {
      const called = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        line.waiting.splice(line.waiting.indexOf(called), 1);
        reject(new DatabaseBusy());
      }, this.#patience);
      line.waiting.push(called);
    });
  }
}
