const AT_A_TIME = 8;

/**
 * Does the work for each item, in their order and eight at a time, and returns what came of each. Once `signal` says so
 * or one has failed, nothing more is begun; it throws the reason when what was begun has ended.
 */
export async function inLanes<T, R>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const waiting = items.entries();
  const failed = new AbortController();
  const over = AbortSignal.any([failed.signal, signal]);
  const lane = async () => {
    for (const [index, item] of waiting) {
      if (over.aborted) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
  failed.signal.throwIfAborted();
  signal.throwIfAborted();
  return results;
}
