/** Below this part of its limit a key's use is not worth telling the other processes. */
const NOTICEABLE = 0.05;
/** Keys that are told; past them, those that use the most of their limits. */
const MOST_KEYS = 1_000;
const SECOND = 1_000;

export interface Asked {
  limit: number;
  times: number;
}

/** How often each key was asked for, refused or not: in this second so far, and in the last full one. */
export class Demand {
  #second = 0;
  #now = new Map<string, Asked>();
  #last = new Map<string, Asked>();

  /** Counts a request under a key with a limit a second. Whether the key's use is noticeable by now. */
  count(key: string, limit: number, time: number): boolean {
    this.#turnTo(time);
    const asked = this.#now.get(key);
    if (!asked) this.#now.set(key, { limit, times: 1 });
    else asked.times++;
    return isNoticeable(asked ?? { limit, times: 1 });
  }

  /** The keys of noticeable use, each with the greater of its two counts. */
  noticeable(time: number): Map<string, Asked> {
    this.#turnTo(time);
    const all = new Map(this.#last);
    for (const [key, asked] of this.#now) {
      if (asked.times > (all.get(key)?.times ?? 0)) all.set(key, asked);
    }
    const found = [...all].filter(([, asked]) => isNoticeable(asked));
    if (found.length > MOST_KEYS) found.sort(([, a], [, b]) => b.times / b.limit - a.times / a.limit);
    return new Map(found.slice(0, MOST_KEYS));
  }

  #turnTo(time: number): void {
    const second = Math.floor(time / SECOND);
    if (second === this.#second) return;
    this.#last = second === this.#second + 1 ? this.#now : new Map();
    this.#now = new Map();
    this.#second = second;
  }
}

function isNoticeable({ limit, times }: Asked): boolean {
  return times >= limit * NOTICEABLE;
}
