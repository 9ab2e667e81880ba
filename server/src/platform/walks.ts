/** Milliseconds: a reader has at least this long for a list, and at most twice as long. */
const GENERATION = 5 * 60_000;
/** Positions kept of all readers together, and of those of one company. */
const MOST_KEPT = 400_000;
const MOST_OF_A_COMPANY = 100_000;

/** As far as offsets reach. */
const LONGEST = 10_000;

/** A record in a list, with a text that changes whenever its place may have. */
export interface Position {
  id: string;
  state: string;
}

/**
 * The order in which one reader goes through a list, page by page by offset, while others change it. A list by time of
 * change moves a changed record from its place to the end, and what stood behind it moves up: by offset, a record would
 * be passed over. Here places are given once; what changed meanwhile comes again at the end.
 */
export class Walk {
  readonly companyId: number;
  readonly begunAt = performance.now();
  /** Up to when changes have their places, in ISO 8601. */
  upTo: string;
  readonly #ids: string[] = [];
  readonly #states = new Map<string, string>();

  constructor(companyId: number, upTo: string) {
    this.companyId = companyId;
    this.upTo = upTo;
  }

  get length(): number {
    return this.#ids.length;
  }

  /** Appends what is new, or has changed since it was given a place. */
  extend(positions: Position[], upTo: string): void {
    for (const { id, state } of positions) {
      if (this.#states.get(id) === state || this.#ids.length > LONGEST) continue;
      this.#states.set(id, state);
      this.#ids.push(id);
    }
    this.upTo = upTo;
  }

  slice(offset: number, limit: number): string[] {
    return this.#ids.slice(offset, offset + limit);
  }

  /** Takes out what is not in the list any more, or not yet again, but no place that the reader has passed already. */
  drop(gone: ReadonlySet<string>, from: number): void {
    const kept = this.#ids.slice(from).filter((id) => !gone.has(id));
    this.#ids.splice(from, this.#ids.length, ...kept);
  }
}

/**
 * The walks that this process knows of; each process knows its own. Readers who ask the same share one: who began later
 * and goes on in an older order meets some records twice and passes over none.
 */
export class Walks {
  readonly #walks = new Map<string, Walk[]>();

  /** Whether a reader who begins now needs a walk of its own. */
  wanting(key: string): boolean {
    return this.#living(key).every(({ begunAt }) => begunAt < performance.now() - GENERATION);
  }

  begin(key: string, walk: Walk): void {
    this.#walks.set(key, [...this.#living(key), walk]);
    this.#prune();
  }

  /** The oldest walk that comes as far as `offset`. */
  at(key: string, offset: number): Walk | undefined {
    return this.#living(key).find((walk) => walk.length >= offset);
  }

  #living(key: string): Walk[] {
    const oldest = performance.now() - 2 * GENERATION;
    return (this.#walks.get(key) ?? []).filter(({ begunAt }) => begunAt >= oldest);
  }

  /** Where too many are kept, the oldest go first. */
  #prune(): void {
    const ofCompany = new Map<number, number>();
    let all = 0;
    for (const key of [...this.#walks.keys()].toReversed()) {
      const kept = this.#living(key).filter(({ companyId, length }) => {
        const company = (ofCompany.get(companyId) ?? 0) + length;
        if (all + length > MOST_KEPT || company > MOST_OF_A_COMPANY) return false;
        all += length;
        ofCompany.set(companyId, company);
        return true;
      });
      if (kept.length > 0) this.#walks.set(key, kept);
      else this.#walks.delete(key);
    }
  }
}
