import { Socket } from 'node:net';
import { startBackground } from '../background.ts';
import type { Config } from '../config.ts';
import { type FirstStart, firstStart } from '../first-start.ts';
import { openInstallation } from '../installation.ts';
import type { Worker } from '../platform/jobs/worker.ts';
import { createLogger } from '../platform/logging/logger.ts';
import { serveByWorkers } from '../processes/serve-by-workers.ts';
import { type Serving, serveHere } from '../processes/serve-here.ts';
import { VERSION } from '../version.ts';
import type { Command } from './command.ts';

/** Serves until it is told to stop: database, migrations and the first company come before the first request. */
export const serve: Command = {
  summary: 'starts the server',
  async run({ config }) {
    const log = createLogger(config.logLevel);
    const stopping = stopSignal();
    const installation = await openInstallation(config, log);
    try {
      const first = await firstStart(installation.database, config);
      let background: Worker | undefined;
      const serve = config.workers === 1 ? serveHere : serveByWorkers;
      const serving = await serve({ config, installation, log, workEnqueued: () => background?.wake() });
      background = startBackground({ config, ...installation, log });
      greet(config, serving, first);
      const failed = await Promise.race([stopping, installation.failed, serving.failed]);
      await Promise.all([background.stop(), serving.drain()]);
      await installation.close();
      if (failed instanceof Error) log.fatal({ reason: failed.message }, 'the server cannot go on');
      return failed instanceof Error ? 1 : 0;
    } catch (error) {
      await installation.close();
      throw error;
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

function greet(config: Config, { port }: Serving, first: FirstStart): void {
  const url = config.port === 0 ? `http://${config.host}:${port}` : config.publicUrl;
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
