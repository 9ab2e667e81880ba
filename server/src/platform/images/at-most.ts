export type Take = <T>(run: () => Promise<T>) => Promise<T>;

/** Runs what it is given, in its order, at most `running` at once; rejects at once where `waiting` wait already. */
export function atMost(limits: { running: number; waiting: number; refuse: () => Error }): Take {
  const line: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running === limits.running) {
      if (line.length >= limits.waiting) throw limits.refuse();
      // Who ends hands its place on.
      await new Promise<void>((called) => line.push(called));
    } else running++;
    try {
      return await run();
    } finally {
      const next = line.shift();
      if (next) next();
      else running--;
    }
  };
}
