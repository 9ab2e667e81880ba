import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createApp } from '../app.ts';
import { startBackground } from '../background.ts';
import type { Config } from '../config.ts';
import { type FirstStart, firstStart } from '../first-start.ts';
import { type Installation, openInstallation } from '../installation.ts';
import type { Worker } from '../platform/jobs/worker.ts';
import { createLogger } from '../platform/logging/logger.ts';
import { VERSION } from '../version.ts';
import type { Command } from './command.ts';

const LONGEST_DRAIN = 10_000;

/** Serves until it is told to stop: database, migrations and the first company come before the first request. */
export const serve: Command = {
  summary: 'starts the server',
  async run({ config }) {
    const log = createLogger(config.logLevel);
    const stopping = stopSignal();
    const installation = await openInstallation(config, log);
    try {
      const first = await firstStart(installation.database, config);
      let draining = false;
      let background: Worker | undefined;
      const app = await createApp({
        config,
        ...installation,
        log,
        version: VERSION,
        draining: () => draining,
        workEnqueued: () => background?.wake(),
      });
      await app.listen({ host: config.host, port: config.port });
      background = startBackground({ config, ...installation, log });
      greet(config, app, first);
      const failed = await Promise.race([stopping, installation.failed]);
      draining = true;
      await drain(app, background, installation, log);
      if (failed instanceof Error) log.fatal({ reason: failed.message }, 'the embedded database is gone');
      return failed instanceof Error ? 1 : 0;
    } catch (error) {
      await installation.close();
      throw listenSentence(error, config);
    }
  },
};

/**
 * Settles at a signal, or when the launcher that started this process is gone. Later signals change nothing: Ctrl-C
 * comes twice, from the terminal and from the launcher.
 */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    const descriptor = process.env.LAUNCHER_FD;
    if (descriptor === undefined) return;
    const launcher = new Socket({ fd: Number(descriptor) });
    launcher.on('close', () => resolve()).on('error', () => resolve());
    launcher.resume().unref();
  });
}

/** Takes no new requests and no more background work, finishes what runs, at most ten seconds. */
async function drain(
  app: FastifyInstance,
  background: Worker,
  installation: Installation,
  log: Logger,
): Promise<void> {
  const worked = background.stop();
  const finished = app.close().then(() => true);
  const inTime = await Promise.race([
    finished,
    new Promise<false>((resolve) => setTimeout(() => resolve(false), LONGEST_DRAIN).unref()),
  ]);
  if (!inTime) {
    log.warn('requests still ran after ten seconds; they were cut off');
    app.server.closeAllConnections();
    await finished;
  }
  await worked;
  await installation.close();
}

function greet(config: Config, app: FastifyInstance, first: FirstStart): void {
  const address = app.server.address() as { port: number };
  const url = config.port === 0 ? `http://${config.host}:${address.port}` : config.publicUrl;
  const password = first.generatedPassword
    ? `password ${first.generatedPassword}   (shown once; keep it)`
    : 'with the password you gave or were shown';
  process.stdout.write(
    [
      `Headwater ${VERSION} is serving ${url}`,
      `  API reference  ${url}/docs`,
      `  Sign in        ${first.email} ${password}`,
      '',
    ].join('\n'),
  );
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
