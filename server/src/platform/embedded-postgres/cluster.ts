import { mkdir, realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { findBinaryPackage, prepareBinaries } from './binaries.ts';
import type { ClusterConnection } from './cluster-connection.ts';
import { clusterFolder } from './cluster-folder.ts';
import { owner, writeClusterSettings } from './cluster-settings.ts';
import { clusterUser } from './cluster-user.ts';
import { type DataFolderLock, isDataFolderHeld, lockDataFolder } from './data-folder-lock.ts';
import { initialiseCluster } from './initialise-cluster.ts';
import { isAlive } from './is-alive.ts';
import { readServerNote } from './server-note.ts';
import { makeSocketDirectory, removeSocketDirectory, socketPort } from './socket-directory.ts';
import { startPostmaster } from './start-postmaster.ts';
import { supervise } from './supervise.ts';

export interface Cluster {
  readonly connection: ClusterConnection;
  /** Shuts PostgreSQL down and releases the data folder. */
  stop(): Promise<void>;
  /** Settles (with the reason) if the cluster could not be kept running. */
  readonly failed: Promise<Error>;
}

/**
 * Starts (initialising at first use) the cluster under `<dataDir>/postgres`, under the data folder's lock.
 * Throws DataFolderHeld, or an Error with a sentence that says what to do.
 */
export async function startCluster(options: {
  dataDir: string;
  log: Logger;
  announce?: { url: string };
  /** As many as are wanted at once, where those of one server will not do. */
  connections?: number;
}): Promise<Cluster> {
  const dataDir = await makeDataFolder(options.dataDir);
  const lock = await lockDataFolder(dataDir, options.announce?.url);
  try {
    return await startLocked(dataDir, lock, options);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function makeDataFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    return await realpath(path);
  } catch (error) {
    throw new Error(
      `The data folder ${path} cannot be made (${String(error)}). ` +
        'Choose one below a folder that this user may write to.',
      { cause: error },
    );
  }
}

async function startLocked(
  dataDir: string,
  lock: DataFolderLock,
  { log, connections = 0 }: { log: Logger; connections?: number },
): Promise<Cluster> {
  const clusterDir = clusterFolder(dataDir);
  const user = await clusterUser(clusterDir);
  const binaries = await prepareBinaries(findBinaryPackage(), user.runAs);
  await initialiseCluster(clusterDir, binaries, user.runAs, log);
  await writeClusterSettings(clusterDir, user, connections);
  const socketDir = await makeSocketDirectory(user.runAs);
  try {
    await lock.tell({ socketDir });
    const postmaster = { postgres: binaries.postgres, clusterDir, socketDir, runAs: user.runAs, log };
    const start = (signal: AbortSignal) => startPostmaster(postmaster, signal);
    const supervision = supervise(await start(new AbortController().signal), start, log);
    const connection = { host: socketDir, port: socketPort, user: owner, database: owner };
    try {
      if (lock.abandoned?.socketDir) await removeSocketDirectory(lock.abandoned.socketDir);
      await lock.tell({ connection });
    } catch (error) {
      await supervision.stop();
      throw error;
    }
    return {
      connection,
      failed: supervision.failed,
      async stop() {
        await supervision.stop();
        await removeSocketDirectory(socketDir);
        await lock.release();
      },
    };
  } catch (error) {
    await removeSocketDirectory(socketDir);
    throw error;
  }
}

const startingPatienceMs = 30_000;

/**
 * For a command beside a running server: the connection of the cluster that a live server holds, or undefined
 * when none holds the folder. Waits for a server that is starting; throws if that takes over 30 s.
 */
export async function runningCluster(dataDir: string): Promise<ClusterConnection | undefined> {
  const deadline = performance.now() + startingPatienceMs;
  while (isDataFolderHeld(dataDir)) {
    const note = await readServerNote(dataDir);
    // A server that has only just taken the folder may not have replaced a killed one's note yet.
    if (note?.connection && isAlive(note.pid)) return note.connection;
    if (performance.now() > deadline) {
      throw new Error(`The server that holds ${dataDir} is still starting. Try again when it is up.`);
    }
    await sleep(50);
  }
  return undefined;
}
