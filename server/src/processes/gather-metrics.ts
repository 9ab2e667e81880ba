import type { Worker } from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import { processRegistry } from '../platform/http/metrics.ts';
import { tell } from '../platform/processes/keep-workers.ts';
import type { ProcessMetrics, ToWorker } from './messages.ts';

/** Milliseconds. Whoever takes longer is left out: the answer is wanted most when a process hangs. */
const PATIENCE = 1_000;

/** The metrics of this process and its workers in one. */
export function gatherMetrics(workers: () => Worker[]): {
  text(): Promise<string>;
  /** What a worker answered. */
  heard(id: number, metrics: ProcessMetrics): void;
} {
  const own = processRegistry();
  const asked = new Map<number, (metrics: ProcessMetrics | undefined) => void>();
  let asks = 0;

  function ask(worker: Worker): Promise<ProcessMetrics | undefined> {
    const id = asks++;
    const { promise, resolve } = Promise.withResolvers<ProcessMetrics | undefined>();
    const late = setTimeout(resolve, PATIENCE, undefined);
    asked.set(id, resolve);
    tell(worker, { kind: 'own metrics wanted', id } satisfies ToWorker);
    return promise.finally(() => {
      clearTimeout(late);
      asked.delete(id);
    });
  }

  return {
    async text() {
      const answers = await Promise.all([own.getMetricsAsJSON(), ...workers().map(ask)]);
      return AggregatorRegistry.aggregate(answers.filter((one) => one !== undefined)).metrics();
    },
    heard: (id, metrics) => asked.get(id)?.(metrics),
  };
}
