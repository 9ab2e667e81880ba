/** What was loaded a moment ago, by key: loads of one key at the same time are one, and none is older than it may be. */
export class Recent<T> {
  readonly #known = new Map<string, { until: number; value: Promise<T> }>();
  readonly #freshFor: number;
  readonly #most: number;

  /** `freshFor` in milliseconds; past `most` keys it forgets them all. */
  constructor(freshFor: number, most: number) {
    this.#freshFor = freshFor;
    this.#most = most;
  }

  /** What fails to load is not kept. */
  of(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known && known.until >= performance.now()) return known.value;
    if (this.#known.size >= this.#most) this.#known.clear();
    const value = load();
    this.#known.set(key, { until: performance.now() + this.#freshFor, value });
    value.catch(() => this.#known.delete(key));
    return value;
  }

  forget(): void {
    this.#known.clear();
  }
}
