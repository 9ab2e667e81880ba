/** One after the other, and again from the first. */
export function inTurn(values: readonly string[]): () => string {
  let next = 0;
  return () => values[next++ % values.length]!;
}
