import type { Request } from './api.ts';
import { inLanes } from './lanes.ts';
import { progress } from './progress.ts';

/** What a run has made. */
export interface Made {
  contacts: { created: number; updated: number };
  notes: number;
  pools: number;
  vacancies: number;
  /** Contacts that came to a vacancy, and all entries of the vacancies' histories. */
  placements: number;
  moves: number;
  events: number;
  /** Contacts that were put at a step of an event. */
  attendees: number;
}

/** What every part of a run works with. */
export interface Filling {
  request: Request;
  /** Who it is that fills. */
  userId: string;
  /**
   * Does a part's work for each item, several at a time, tells how far it is, and returns what came of each. Throws the
   * signal's reason once interrupted.
   */
  each<T, R>(part: string, items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]>;
  made: Made;
}

export function beginFilling(options: {
  request: Request;
  userId: string;
  out: NodeJS.WriteStream;
  signal: AbortSignal;
}): Filling {
  const { request, userId, out, signal } = options;
  return {
    request,
    userId,
    async each(part, items, work) {
      signal.throwIfAborted();
      if (items.length === 0) return [];
      const bar = progress(part, items.length, out);
      try {
        return await inLanes(items, signal, async (item) => {
          const result = await work(item);
          bar.step();
          return result;
        });
      } finally {
        bar.end();
      }
    },
    made: {
      contacts: { created: 0, updated: 0 },
      notes: 0,
      pools: 0,
      vacancies: 0,
      placements: 0,
      moves: 0,
      events: 0,
      attendees: 0,
    },
  };
}
