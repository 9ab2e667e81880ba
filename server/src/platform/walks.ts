/** Milliseconds: a reader has at least this long for a list, and at most twice as long. */
const GENERATION = 5 * 60_000;
/** Places kept of all readers together; a short walk counts as LEAST. */
const MOST_KEPT = 400_000;
const LEAST = 100;
/** Walks of one reader. */
const MOST_OF_A_READER = 4;
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
 * be passed over. Here places are given once and for all; what changed meanwhile comes again at the end.
 */
export class Walk {
  readonly begunAt = performance.now();
  /** Which list this is. */
  readonly list: string;
  /** Up to when changes have their places, in ISO 8601. */
  upTo: string;
  readonly #ids: string[] = [];
  readonly #states = new Map<string, string>();

  constructor(list: string, upTo: string) {
    this.list = list;
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

  slice(from: number, count: number): string[] {
    return this.#ids.slice(from, from + count);
  }
}

/**
 * The walks that this process knows of; each process knows its own. Who reads a list twice at once shares one: the reader
 * who began later and goes on in an older order meets some records twice and passes over none.
 */
export class Walks {
  /** By reader, those who began longest ago first. */
  readonly #walks = new Map<string, { walk: Walk; weight: number }[]>();
  #kept = 0;

  /** The newest walk of a reader who begins, unless it needs another. */
  young(reader: string, list: string): Walk | undefined {
    const newest = this.#living(reader, list).at(-1);
    return newest && newest.begunAt >= performance.now() - GENERATION ? newest : undefined;
  }

  /** The oldest walk that comes as far as `offset`. */
  at(reader: string, list: string, offset: number): Walk | undefined {
    return this.#living(reader, list).find((walk) => walk.length >= offset);
  }

  begin(reader: string, walk: Walk): void {
    const weight = Math.max(walk.length, LEAST);
    const own = [...(this.#walks.get(reader) ?? []), { walk, weight }];
    this.#kept += weight;
    this.#walks.delete(reader);
    this.#walks.set(reader, own);
    if (own.length > MOST_OF_A_READER) this.#dropOldest(reader, own);
    for (const [other, theirs] of this.#walks) {
      const over = this.#kept > MOST_KEPT || !isLiving(theirs[0]!.walk);
      if (!over) break;
      this.#dropOldest(other, theirs);
    }
  }

  #living(reader: string, list: string): Walk[] {
    const own = this.#walks.get(reader) ?? [];
    return own.map(({ walk }) => walk).filter((walk) => walk.list === list && isLiving(walk));
  }

  #dropOldest(reader: string, own: { walk: Walk; weight: number }[]): void {
    this.#kept -= own.shift()!.weight;
    if (own.length === 0) this.#walks.delete(reader);
  }
}

function isLiving({ begunAt }: Walk): boolean {
  return begunAt >= performance.now() - 2 * GENERATION;
}
