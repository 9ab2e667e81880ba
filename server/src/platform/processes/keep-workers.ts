import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';

const WINDOW = 60_000;
const DEATHS_TO_GIVE_UP = 5;

/** Processes of one program that share what they listen on; who connects is handed to each in turn. */
export interface Workers {
  /** Settles, with the reason, when they cannot be kept running. */
  readonly failed: Promise<Error>;
  all(): Worker[];
  /** Gives up for a reason of the caller's: those that end are not replaced any more. */
  fail(reason: Error): void;
  /** Settles when all have ended, as they were asked to; kills those that have not after `patience` milliseconds. */
  end(patience: number): Promise<void>;
}

/**
 * Starts `count` processes of `program`, and another one at once whenever one ends unasked; gives up at the fifth such end
 * within a minute. One cluster a process: Node.js has its settings in one place.
 */
export function keepWorkers(options: {
  program: string;
  count: number;
  /** What a worker sends. */
  heard(worker: Worker, message: unknown): void;
  log: Logger;
}): Workers {
  const { program, count, heard, log } = options;
  const failed = Promise.withResolvers<Error>();
  const running = new Map<Worker, Promise<void>>();
  const deaths: number[] = [];
  let replacing = true;
  cluster.schedulingPolicy = cluster.SCHED_RR;
  cluster.setupPrimary({ exec: program, args: [], serialization: 'advanced' });

  function start(): void {
    // The descriptor that the launcher gave is this process's alone.
    const worker = cluster.fork({ LAUNCHER_FD: undefined });
    const ended = Promise.withResolvers<void>();
    running.set(worker, ended.promise);
    const gone = (reason: string) => {
      if (!running.delete(worker)) return;
      ended.resolve();
      if (replacing) replace(worker, reason);
    };
    worker.on('message', (message: unknown) => heard(worker, message));
    worker.on('exit', (status, signal) =>
      gone(signal ? `ended by ${signal}` : `ended with status ${status}`),
    );
    worker.on('error', (error) => {
      if (worker.process.pid === undefined) gone(error.message);
    });
  }

  function replace(worker: Worker, reason: string): void {
    const now = performance.now();
    deaths.push(now);
    while (deaths[0]! < now - WINDOW) deaths.shift();
    log.error({ process: worker.process.pid, reason, deaths: deaths.length }, 'a worker ended unexpectedly');
    if (deaths.length < DEATHS_TO_GIVE_UP) start();
    else fail(new Error(`The workers could not be kept running: the last one ${reason}.`));
  }

  function fail(reason: Error): void {
    replacing = false;
    failed.resolve(reason);
  }

  for (let each = 0; each < count; each++) start();
  return {
    failed: failed.promise,
    all: () => [...running.keys()],
    fail,
    async end(patience) {
      replacing = false;
      const late = setTimeout(() => {
        for (const { process } of running.keys()) process.kill('SIGKILL');
      }, patience);
      await Promise.all(running.values());
      clearTimeout(late);
    },
  };
}

/** Sends to a worker that may end at any moment. */
export function tell(worker: Worker, message: object): void {
  if (worker.isConnected()) worker.send(message, () => {});
}
