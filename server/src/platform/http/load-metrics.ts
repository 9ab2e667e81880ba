import { Counter, Gauge, type Registry } from 'prom-client';
import type { Load } from './server.ts';

const GAUGES = [
  ['http_connections', 'Open connections.', 'connections'],
  ['http_requests_in_house', 'Requests that are worked on, or wait for it.', 'requests'],
  ['http_unread_bytes', 'Bytes of answers that their clients have not taken yet.', 'unread'],
  ['http_body_bytes', 'Bytes of bodies that are on their way here.', 'bodies'],
] as const;

/** What the server bears, and what it turned away, looked up when it is asked for. */
export function registerLoadMetrics(registry: Registry, load: () => Load): void {
  for (const [name, help, part] of GAUGES) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(load()[part]);
      },
    });
  }
  new Counter({
    name: 'http_requests_refused_total',
    help: 'Requests answered with 429 because the server, or the share of one company, was in use.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(load().refused);
    },
  });
}
