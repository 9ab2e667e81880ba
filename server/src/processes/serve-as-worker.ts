import { openDatabase } from '../platform/db/database.ts';
import { openFiles } from '../platform/files/files.ts';
import { type Metrics, processRegistry } from '../platform/http/metrics.ts';
import { createLogger } from '../platform/logging/logger.ts';
import type { FromWorker, Setup, ToWorker } from './messages.ts';
import { type Serving, serveHere } from './serve-here.ts';

function say(message: FromWorker): void {
  process.send?.(message);
}

/** Asks the process that started this one for what it takes, serves with it, and ends when told to. */
export function serveAsWorker(): void {
  const registry = processRegistry();
  const wanted = new Map<number, (text: string) => void>();
  let asks = 0;
  const metrics: Metrics = {
    registry,
    text() {
      const id = asks++;
      const { promise, resolve } = Promise.withResolvers<string>();
      wanted.set(id, resolve);
      say({ kind: 'metrics wanted', id });
      return promise.finally(() => wanted.delete(id));
    },
  };
  let running: Promise<Running> | undefined;

  process.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'setup':
        running = start(message.setup, metrics);
        running.then(({ serving }) => say({ kind: 'listening', port: serving.port }), unable);
        break;
      case 'drain':
        end(running);
        break;
      case 'own metrics wanted':
        // Who does not answer is left out.
        registry.getMetricsAsJSON().then(
          (own) => say({ kind: 'own metrics', id: message.id, metrics: own }),
          () => {},
        );
        break;
      case 'metrics':
        wanted.get(message.id)?.(message.text);
        break;
    }
  });
  say({ kind: 'ready for setup' });
}

interface Running {
  serving: Serving;
  close(): Promise<void>;
}

async function start({ config, access, secret }: Setup, metrics: Metrics): Promise<Running> {
  const log = createLogger(config.logLevel).child({ process: process.pid });
  const database = openDatabase(access.connection, log, access.traits);
  const serving = await serveHere({
    config,
    installation: { database, files: openFiles(config), secret },
    log,
    workEnqueued: () => say({ kind: 'work enqueued' }),
    metrics,
  });
  return { serving, close: () => database.close() };
}

/** The first process says it, and ends. */
function unable(error: Error): void {
  const ours = error.constructor === Error;
  const sentence = ours ? error.message : (error.stack ?? String(error));
  process.send?.({ kind: 'unable', sentence } satisfies FromWorker, () => process.exit(1));
}

async function end(running: Promise<Running> | undefined): Promise<void> {
  const { serving, close } = (await running?.catch(() => undefined)) ?? {};
  await serving?.drain();
  await close?.();
  process.exit(0);
}
