/** Milliseconds for which requests are taken up in one turn of the event loop before others have to wait. */
const CALM = 20;
/** As long of a turn are those called who wait. */
const SLICE = 5;
/** So many of a turn are taken up without a look at the clock. */
const UNTIMED = 8;
/** Of those who wait, so many are called in a turn at most. */
const MOST_CALLED = 128;
/** So many who have been called are forgotten at a time. */
const FORGOTTEN = 1024;

interface Waiting {
  since: number;
  call(): void;
}

/**
 * Where requests wait for the processor, first come, first served. Without it all that have come are taken up in one turn
 * of the event loop, and while that lasts no answer goes out; nor is more than one connection accepted in a turn.
 */
export class Porch {
  #came = 0;
  #began = 0;
  #waiting: Waiting[] = [];
  /** How many of those have been called. */
  #called = 0;

  get length(): number {
    return this.#waiting.length - this.#called;
  }

  /** Whether who comes now may enter at once. */
  isFree(): boolean {
    if (this.length > 0) return false;
    if (++this.#came === 1) {
      this.#began = performance.now();
      setImmediate(this.#endTurn);
    }
    return this.#came <= UNTIMED || performance.now() - this.#began < CALM;
  }

  wait(call: () => void): void {
    if (this.#waiting.push({ since: performance.now(), call }) === 1) this.#callInNextTurn();
  }

  /** Milliseconds that the first of those who wait has waited. */
  delay(): number {
    return this.length === 0 ? 0 : performance.now() - this.#waiting[this.#called]!.since;
  }

  readonly #endTurn = () => {
    this.#came = 0;
  };

  /** Each by a callback of its own: what it leaves to be done is done before the next one, and counts. */
  #callInNextTurn(): void {
    setImmediate(this.#begin);
    const calls = Math.min(this.length, MOST_CALLED);
    for (let call = 0; call < calls; call++) setImmediate(this.#call);
    setImmediate(this.#end);
  }

  readonly #begin = () => {
    this.#began = performance.now();
  };

  readonly #call = () => {
    if (performance.now() - this.#began < SLICE) this.#waiting[this.#called++]!.call();
  };

  readonly #end = () => {
    if (this.length === 0) {
      this.#waiting = [];
      this.#called = 0;
      return;
    }
    if (this.#called >= FORGOTTEN) {
      this.#waiting = this.#waiting.slice(this.#called);
      this.#called = 0;
    }
    this.#callInNextTurn();
  };
}
