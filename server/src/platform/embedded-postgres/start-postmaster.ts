import { setTimeout as sleep } from 'node:timers/promises';
import { clearLeftovers } from './clear-leftovers.ts';
import { superuser } from './cluster-settings.ts';
import { createDatabase } from './create-database.ts';
import { type Postmaster, type PostmasterOptions, spawnPostmaster } from './postmaster.ts';
import { emptySocketDirectory, socketPort } from './socket-directory.ts';
import { waitUntilAccepting } from './wait-until-accepting.ts';

const patienceMs = 15_000;
const pauseMs = 50;
/** What PostgreSQL says while processes of a postmaster that was killed have not all ended. */
const passing = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/;

/**
 * Clears what an earlier postmaster left, starts one and waits until it accepts connections and the database
 * is there. Throws with PostgreSQL's own words if it ends, or the signal's reason if that is aborted; then
 * none runs.
 */
export async function startPostmaster(options: PostmasterOptions, signal: AbortSignal): Promise<Postmaster> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    await clearLeftovers(options.clusterDir, options.log);
    await emptySocketDirectory(options.socketDir);
    signal.throwIfAborted();
    const postmaster = spawnPostmaster(options);
    try {
      await bringUp(postmaster, options, signal);
      postmaster.isUp();
      return postmaster;
    } catch (error) {
      await postmaster.stop();
      signal.throwIfAborted();
      const words = await postmaster.lastWords();
      if (!passing.test(words) || performance.now() > deadline) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`PostgreSQL did not start: ${reason}. Its last words: ${words}`, { cause: error });
      }
    }
    await sleep(pauseMs);
  }
}

async function bringUp(
  postmaster: Postmaster,
  { socketDir, log }: PostmasterOptions,
  signal: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  postmaster.exited.then((reason) => gone.abort(new Error(reason)));
  const config = { host: socketDir, port: socketPort, user: superuser, database: superuser, ssl: false };
  const client = await waitUntilAccepting(config, log, AbortSignal.any([signal, gone.signal]));
  try {
    await createDatabase(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
