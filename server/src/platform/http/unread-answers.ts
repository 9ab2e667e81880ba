import type { ServerResponse } from 'node:http';
import type { Budget, Guest } from './budget.ts';

/** The answers that have been given to their connections and are not taken yet: who asked holds that much memory. */
export class UnreadAnswers {
  readonly #budget: Budget;
  readonly #longest: number;
  readonly #every: number;
  /** When each was given, the oldest first. */
  readonly #given = new Map<ServerResponse, number>();
  #clock: NodeJS.Timeout | undefined;

  /** Milliseconds: an answer that is not taken whole within `longest` is cut off; that is looked at `every` so often. */
  constructor(budget: Budget, longest: number, every: number) {
    this.#budget = budget;
    this.#longest = longest;
    this.#every = every;
  }

  /** Counts what of an answer has not been taken, until it is taken or its connection is gone. */
  watch(answer: ServerResponse, guest: Guest, bytes: number): void {
    if (this.#given.has(answer)) return;
    this.#budget.take(guest, bytes);
    this.#given.set(answer, performance.now());
    answer.once('close', () => {
      this.#budget.giveBack(guest, bytes);
      this.#given.delete(answer);
    });
    this.#clock ??= setInterval(this.#cutOff, this.#every).unref();
  }

  readonly #cutOff = () => {
    const before = performance.now() - this.#longest;
    for (const [answer, given] of this.#given) {
      if (given > before) break;
      answer.destroy();
    }
    if (this.#given.size > 0) return;
    clearInterval(this.#clock);
    this.#clock = undefined;
  };
}
