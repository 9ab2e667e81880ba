import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createApp } from '../app.ts';
import type { Config } from '../config.ts';
import type { Installation } from '../installation.ts';
import type { Metrics } from '../platform/http/metrics.ts';
import { VERSION } from '../version.ts';

export const LONGEST_DRAIN = 10_000;

/** What listens and answers: this process, or workers of it. */
export interface Serving {
  port: number;
  /** Settles, with the reason, when it cannot go on. */
  failed: Promise<Error>;
  /** Takes no new requests and finishes what runs, ten seconds at most. */
  drain(): Promise<void>;
}

/** Serves in this process. Throws with a sentence where it cannot listen. */
export async function serveHere(options: {
  config: Config;
  installation: Pick<Installation, 'database' | 'files' | 'secret'>;
  log: Logger;
  workEnqueued(): void;
  metrics?: Metrics;
}): Promise<Serving> {
  const { config, installation, log, workEnqueued, metrics } = options;
  const { database, files, secret } = installation;
  let draining = false;
  const app = await createApp({
    config,
    database,
    files,
    secret,
    log,
    version: VERSION,
    draining: () => draining,
    workEnqueued,
    ...(metrics ? { metrics } : {}),
  });
  await app.listen({ host: config.host, port: config.port }).catch((error) => {
    throw listenSentence(error, config);
  });
  return {
    port: (app.server.address() as AddressInfo).port,
    failed: new Promise(() => {}),
    async drain() {
      draining = true;
      const finished = app.close().then(() => true);
      const inTime = await Promise.race([
        finished,
        new Promise<false>((resolve) => setTimeout(() => resolve(false), LONGEST_DRAIN).unref()),
      ]);
      if (inTime) return;
      log.warn('requests still ran after ten seconds; they were cut off');
      app.server.closeAllConnections();
      await finished;
    },
  };
}

function listenSentence(error: unknown, config: Config): unknown {
  const { code } = error as { code?: string };
  if (code === 'EADDRINUSE') {
    return new Error(
      `Port ${config.port} on ${config.host} is in use: set HEADWATER_PORT to another, or stop what uses it.`,
    );
  }
  return error;
}
