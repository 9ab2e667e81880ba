/** Milliseconds. */
const KEPT_FOR = 60_000;
/** Between two known ones so near to each other, a straight line is as good as the planner. */
const NEAR = 0.05;
const MOST = 1_000;

interface Point {
  time: number;
  total: number;
}
type Ask = (time: number) => Promise<number>;

/** Estimates of how many come at a time (in milliseconds) or later, by those that were asked for within the last minute. */
export class Estimates {
  #points: Point[] = [];
  #since = performance.now();

  /** What cannot be told from others is asked for; for those who walk on from there, so is a point farther on. */
  async at(time: number, ask: Ask): Promise<number> {
    this.#forgetTheOld();
    const told = between(this.#points, time);
    if (told !== undefined) return told;
    const total = await ask(time);
    this.know(time, total);
    const next = this.#points.find((point) => point.time > time);
    if (next && total - next.total > total * NEAR) void this.#askFor(Math.floor((time + next.time) / 2), ask);
    return total;
  }

  /** Takes note of one. */
  know(time: number, total: number): void {
    const at = this.#points.findIndex((point) => point.time >= time);
    const there = this.#points[at]?.time === time ? 1 : 0;
    this.#points.splice(at === -1 ? this.#points.length : at, there, { time, total });
  }

  async #askFor(time: number, ask: Ask): Promise<void> {
    // Whoever comes there asks again.
    await ask(time).then(
      (total) => this.know(time, total),
      () => {},
    );
  }

  #forgetTheOld(): void {
    if (this.#points.length < MOST && performance.now() - this.#since < KEPT_FOR) return;
    this.#points = [];
    this.#since = performance.now();
  }
}

function between(points: readonly Point[], time: number): number | undefined {
  const after = points.findIndex((point) => point.time >= time);
  const upper = points[after];
  if (!upper) return undefined;
  if (upper.time === time) return upper.total;
  const lower = points[after - 1];
  if (!lower || lower.total - upper.total > lower.total * NEAR) return undefined;
  const part = (time - lower.time) / (upper.time - lower.time);
  return Math.round(lower.total + (upper.total - lower.total) * part);
}
