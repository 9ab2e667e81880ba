import type { Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Installation } from '../installation.ts';
import { loggable } from '../platform/http/errors.ts';
import { keepWorkers, tell } from '../platform/processes/keep-workers.ts';
import { gatherMetrics } from './gather-metrics.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { LONGEST_DRAIN, type Serving } from './serve-here.ts';

const PROGRAM = fileURLToPath(new URL('worker.ts', import.meta.url));
/** Milliseconds that a worker has to end, beyond what it may take to drain. */
const GRACE = 5_000;

/** Serves in as many processes as the settings say. Throws with a sentence where they cannot listen. */
export async function serveByWorkers(options: {
  config: Config;
  installation: Pick<Installation, 'access' | 'secret'>;
  log: Logger;
  workEnqueued(): void;
}): Promise<Serving> {
  const { config, installation, log, workEnqueued } = options;
  const { access, secret } = installation;
  const listening = new Map<Worker, number>();
  const allListen = Promise.withResolvers<number>();
  let draining = false;
  const say = (worker: Worker, message: ToWorker) => tell(worker, message);

  const workers = keepWorkers({
    program: PROGRAM,
    count: config.workers,
    log,
    heard: (worker, message) => heard(worker, message as FromWorker),
  });
  const metrics = gatherMetrics(workers.all);

  function heard(worker: Worker, message: FromWorker): void {
    switch (message.kind) {
      case 'ready for setup':
        say(worker, draining ? { kind: 'drain' } : { kind: 'setup', setup: { config, access, secret } });
        break;
      case 'listening':
        listens(worker, message.port);
        break;
      case 'unable':
        workers.fail(new Error(message.sentence));
        break;
      case 'work enqueued':
        workEnqueued();
        break;
      case 'own metrics':
        metrics.heard(message.id, message.metrics);
        break;
      case 'metrics wanted':
        metrics
          .text()
          .catch((error) => {
            log.error({ error: loggable(error) }, 'the metrics were not gathered');
            return '';
          })
          .then((text) => say(worker, { kind: 'metrics', id: message.id, text }));
        break;
    }
  }

  function listens(worker: Worker, port: number): void {
    const [before = port] = listening.values();
    listening.set(worker, port);
    // Any free one is the same for all, while one of them has it.
    if (before !== port) workers.fail(new Error(`All workers ended at once, and port ${before} is lost.`));
    if (workers.all().every((one) => listening.has(one))) allListen.resolve(port);
  }

  async function drain(): Promise<void> {
    draining = true;
    for (const worker of workers.all()) say(worker, { kind: 'drain' });
    await workers.end(LONGEST_DRAIN + GRACE);
  }

  const port = await Promise.race([allListen.promise, workers.failed]);
  if (typeof port === 'number') return { port, failed: workers.failed, drain };
  await drain();
  throw port;
}
