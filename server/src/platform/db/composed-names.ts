import { digestOf } from './text-digest.ts';

/** A composed text gets a name when it comes so often; the first ones that do, since every connection keeps them. */
const OFTEN = 3;
const MOST_NAMED = 50;
const MOST_REMEMBERED = 1_000;

/** Which of the texts that requests compose are prepared for good. */
export class ComposedNames {
  readonly #named = new Map<string, string>();
  readonly #seen = new Map<string, number>();

  /** A text's name from its third coming on; empty before, and for all but the first fifty. */
  of(text: string): string {
    const known = this.#named.get(text);
    if (known !== undefined || this.#named.size >= MOST_NAMED) return known ?? '';
    const times = (this.#seen.get(text) ?? 0) + 1;
    if (this.#seen.size >= MOST_REMEMBERED) this.#seen.clear();
    this.#seen.set(text, times);
    if (times < OFTEN) return '';
    this.#seen.delete(text);
    const name = `composed.${digestOf(text)}`;
    this.#named.set(text, name);
    return name;
  }
}
