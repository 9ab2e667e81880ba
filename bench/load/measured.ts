import { percentile } from '../percentile.ts';
import type { Ran } from './run.ts';

/** One run, with what the process used for it. */
export interface Round extends Ran {
  /** Answers with 429. */
  refused: number;
  /** Seconds of the process, and of PostgreSQL for it. */
  cpu: number;
  databaseCpu: number;
  /** Bytes, at its highest. */
  rss: number;
}

/** One side of a workload: medians over its rounds. */
export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** CPU seconds of the process, a thousand requests. */
  cpu: number;
  /** The same of PostgreSQL. */
  databaseCpu: number;
  /** Bytes at the highest of any round. */
  rss: number;
  /** Answers with 429, of all rounds. */
  refused: number;
  /** How far the rounds' rates lie apart, as a part of their median. */
  noise: number;
}

export function measured(rounds: Round[]): Measured {
  const of = (value: (round: Round) => number) => rounds.map(value).toSorted((a, b) => a - b);
  const median = (value: (round: Round) => number) => percentile(of(value), 0.5);
  const rates = of(({ perSecond }) => perSecond);
  return {
    perSecond: percentile(rates, 0.5),
    p50: median(({ p50 }) => p50),
    p99: median(({ p99 }) => p99),
    cpu: median(({ cpu, requests }) => (cpu * 1_000) / requests),
    databaseCpu: median(({ databaseCpu, requests }) => (databaseCpu * 1_000) / requests),
    rss: Math.max(...of(({ rss }) => rss)),
    refused: rounds.reduce((sum, round) => sum + round.refused, 0),
    noise: (rates.at(-1)! - rates[0]!) / percentile(rates, 0.5),
  };
}
