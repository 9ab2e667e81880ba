import type { Worker } from 'node:cluster';
import { Counter, Gauge, Registry } from 'prom-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { processRegistry } from '../platform/http/metrics.ts';
import { gatherMetrics } from './gather-metrics.ts';
import type { ToWorker } from './messages.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A worker that has counted so much, and answers unless it hangs. */
function worker(served: number, { hangs = false } = {}) {
  const registry = new Registry();
  new Counter({ name: 'served_total', help: 'x', registers: [registry] }).inc(served);
  new Gauge({ name: 'here', help: 'x', registers: [registry] }).set(1);
  return {
    isConnected: () => true,
    async send(message: ToWorker) {
      if (hangs || message.kind !== 'own metrics wanted') return;
      gathered.heard(message.id, await registry.getMetricsAsJSON());
    },
  } as unknown as Worker;
}
let workers: Worker[] = [];
const gathered = gatherMetrics(() => workers);

it('adds up what the workers count, and has the process beside them', async () => {
  workers = [worker(2), worker(3)];
  const text = await gathered.text();
  expect(text).toMatch(/^served_total 5$/m);
  expect(text).toMatch(/^here 2$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});

it('leaves out who does not answer within a second', async () => {
  workers = [worker(2), worker(3, { hangs: true })];
  const text = gathered.text();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await text).toMatch(/^served_total 2$/m);
});

it('shows the greatest lag of any process', async () => {
  const metrics = await processRegistry().getMetricsAsJSON();
  const lags = metrics.filter(({ name }) => name.startsWith('nodejs_eventloop_lag_'));
  expect(Object.fromEntries(lags.map(({ name, aggregator }) => [name, aggregator]))).toMatchObject({
    nodejs_eventloop_lag_min_seconds: 'min',
    nodejs_eventloop_lag_mean_seconds: 'max',
    nodejs_eventloop_lag_p99_seconds: 'max',
  });
});
