import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type ClusterProcesses, clusterProcesses } from './cluster-processes.ts';
import { errorCode } from './error-code.ts';
import { isAlive } from './is-alive.ts';

/**
 * Ends what a killed server or postmaster left running in the cluster's folder, and removes a pid file that
 * names a stranger or nobody (PostgreSQL would take it for a postmaster's). Needs the data folder's lock:
 * whatever runs there has no server. A postmaster has `patienceMs` to shut down in order. Throws with a
 * sentence if it does not end.
 */
export async function clearLeftovers(clusterDir: string, log: Logger, patienceMs = 10_000): Promise<void> {
  const noted = await notedPid(clusterDir);
  const left = () => clusterProcesses(clusterDir, noted);
  const { postmasters } = await left();
  if (postmasters.length > 0) {
    log.warn({ pids: postmasters }, 'stopping the PostgreSQL that a killed server left running');
    await end(left, 'postmasters', [
      { signal: 'SIGINT', waitMs: patienceMs },
      { signal: 'SIGQUIT', waitMs: 10_000 },
    ]);
  }
  // Without a postmaster the shared memory will be made anew, so the hard way is safe.
  await end(left, 'children', [
    { signal: 'SIGQUIT', waitMs: 2_000 },
    { signal: 'SIGKILL', waitMs: 5_000 },
  ]);
  // One that names a dead process stays: PostgreSQL looks at the shared memory it names.
  if (noted === undefined || isAlive(noted)) await rm(join(clusterDir, 'postmaster.pid'), { force: true });
}

async function end(
  left: () => Promise<ClusterProcesses>,
  kind: keyof ClusterProcesses,
  steps: { signal: NodeJS.Signals; waitMs: number }[],
): Promise<void> {
  let pids = (await left())[kind];
  for (const { signal, waitMs } of steps) {
    for (const pid of pids) signalIfAlive(pid, signal);
    const deadline = performance.now() + waitMs;
    while (pids.length > 0 && performance.now() < deadline) {
      await sleep(5);
      pids = (await left())[kind];
    }
    if (pids.length === 0) return;
  }
  throw new Error(
    `PostgreSQL processes of an earlier server still run and do not end: ${pids.join(', ')}. ` +
      'End them, then start the server again.',
  );
}

async function notedPid(clusterDir: string): Promise<number | undefined> {
  const text = await readFile(join(clusterDir, 'postmaster.pid'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  });
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : undefined;
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
