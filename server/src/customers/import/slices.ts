import { setImmediate } from 'node:timers/promises';

/** A long list piece by piece; whatever else waits in this process has its turn before each. */
export async function* slices<T>(list: readonly T[], size: number): AsyncGenerator<T[]> {
  for (let at = 0; at < list.length; at += size) {
    await setImmediate();
    yield list.slice(at, at + size);
  }
}
