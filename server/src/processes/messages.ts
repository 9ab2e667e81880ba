import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import type { Config } from '../config.ts';
import type { Access } from '../installation.ts';

/** What a worker is given to serve with. It is never on a command line. */
export interface Setup {
  config: Config;
  access: Access;
  secret: string;
}

export type ProcessMetrics = MetricObjectWithValues<MetricValue<string>>[];

/** From a worker to the process that started it. */
export type FromWorker =
  | { kind: 'ready for setup' }
  | { kind: 'listening'; port: number }
  /** It cannot serve, and no other could. */
  | { kind: 'unable'; sentence: string }
  | { kind: 'work enqueued' }
  | { kind: 'own metrics'; id: number; metrics: ProcessMetrics }
  | { kind: 'metrics wanted'; id: number };

/** From the process that started it to a worker. */
export type ToWorker =
  | { kind: 'setup'; setup: Setup }
  | { kind: 'drain' }
  | { kind: 'own metrics wanted'; id: number }
  | { kind: 'metrics'; id: number; text: string };
