import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './is-alive.ts';
import { readServerNote, removeServerNote, type ServerNote, writeServerNote } from './server-note.ts';

/** Another live process holds the data folder; the message says which one and what to do. */
export class DataFolderHeld extends Error {
  override name = 'DataFolderHeld';
}

export interface DataFolderLock {
  /** What the last holder left behind; undefined if it ended in order. */
  readonly abandoned: ServerNote | undefined;
  /** Says more about this server to whoever asks who holds the folder. */
  tell(more: Partial<ServerNote>): Promise<void>;
  release(): Promise<void>;
}

/** A command may look for a moment whether the folder is held; a starting server waits that long. */
const patienceMs = 250;

/** SQLite's own limit is 512 bytes, the name of its journal included. */
const longestLockPath = 490;

const sqliteBusy = 5;

/** A connection that nobody refers to is collected, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Takes the data folder for the life of this process. The kernel holds the lock (SQLite's, on `server.lock`):
 * it ends with the process however that ends, and no pid is compared. Throws DataFolderHeld, or an Error if
 * the folder cannot be locked.
 *
 * Nothing else may open and close `server.lock` in this process: POSIX drops a process's locks with that.
 */
export async function lockDataFolder(dataDir: string, url: string | undefined): Promise<DataFolderLock> {
  const lock = await exclusiveLock(dataDir);
  held.add(lock);
  const abandoned = await readServerNote(dataDir);
  let note: ServerNote = { pid: process.pid, startedAt: new Date().toISOString(), ...(url && { url }) };
  await writeServerNote(dataDir, note);
  return {
    abandoned,
    async tell(more) {
      note = { ...note, ...more };
      await writeServerNote(dataDir, note);
    },
    async release() {
      if (!held.delete(lock)) return;
      try {
        await removeServerNote(dataDir);
      } finally {
        lock.close();
      }
    },
  };
}

/** Whether a live process holds the folder's lock. Throws an Error if that cannot be found out. */
export function isDataFolderHeld(dataDir: string): boolean {
  const path = lockPath(dataDir);
  if (!existsSync(path)) return false;
  let probe: DatabaseSync | undefined;
  try {
    probe = new DatabaseSync(path, { readOnly: true });
    probe.exec('SELECT * FROM sqlite_master');
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw new Error(`The lock of the data folder ${dataDir} cannot be read. Run this as the server's user.`, {
      cause: error,
    });
  } finally {
    probe?.close();
  }
}

async function exclusiveLock(dataDir: string): Promise<DatabaseSync> {
  const path = lockPath(dataDir);
  if (Buffer.byteLength(path) > longestLockPath) {
    throw new Error(`The path of the data folder ${dataDir} is too long. Put it under a shorter one.`);
  }
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path, { timeout: patienceMs });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (isBusy(error)) throw new DataFolderHeld(await whoHolds(dataDir));
    throw new Error(
      `The data folder ${dataDir} cannot be locked (${String(error)}). ` +
        'It has to be on a local disk, and this user has to be allowed to write there.',
      { cause: error },
    );
  }
}

async function whoHolds(dataDir: string): Promise<string> {
  const holder = await liveHolder(dataDir);
  const who = holder
    ? `process ${holder.pid}${holder.url ? ` (${holder.url})` : ''}, started ${holder.startedAt}`
    : 'another process';
  return (
    `The data folder ${dataDir} is in use by ${who}. ` +
    'Stop that server first, or give this one a data folder of its own (HEADWATER_DATA_DIR).'
  );
}

/** The holder writes its note just after it has the lock; until then there is none, or an earlier one's. */
async function liveHolder(dataDir: string): Promise<ServerNote | undefined> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const note = await readServerNote(dataDir);
    if (note && isAlive(note.pid)) return note;
    await sleep(50);
  }
  return undefined;
}

function lockPath(dataDir: string): string {
  return join(dataDir, 'server.lock');
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === sqliteBusy;
}
