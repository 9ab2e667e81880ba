import { collectDefaultMetrics, Registry } from 'prom-client';

/** What GET /metrics answers. */
export interface Metrics {
  /** Where this process counts. */
  registry: Registry;
  /** Of the whole server, as text for Prometheus. */
  text(): Promise<string>;
}

/** Of a server that is one process. */
export function ownMetrics(): Metrics {
  const registry = processRegistry();
  return { registry, text: () => registry.metrics() };
}

const LAG = /^nodejs_eventloop_lag_(?!min)/;

/** A registry that has what Node.js says of this process. */
export function processRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // Of several processes: an average hides the one that hangs.
  for (const metric of registry.getMetricsAsArray() as { name?: string; aggregator?: string }[]) {
    if (LAG.test(metric.name ?? '')) metric.aggregator = 'max';
  }
  return registry;
}
