import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isReachableByAll } from './reachable.ts';
import type { RunAs } from './run-command.ts';

/** Its socket is `.s.PGSQL.<port>`; the folder is private, so any number will do. */
export const socketPort = 5432;

const prefix = 'headwater-pg-';
/** 107 bytes is what the kernel takes; macOS takes 103. */
const longestSocketPath = 103;

/** Makes the private folder (0700) for PostgreSQL's socket, at a path short enough for one. */
export async function makeSocketDirectory(owner: RunAs): Promise<string> {
  const folder = await mkdtemp(join(await placeForSockets(owner), prefix));
  await chmod(folder, 0o700);
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(folder, owner.uid, owner.gid);
  return folder;
}

/**
 * Removes what a killed postmaster left in the folder; to be called when none runs. PostgreSQL would do so,
 * but not if the pid in its lock file has become another process's.
 */
export async function emptySocketDirectory(folder: string): Promise<void> {
  const socket = join(folder, `.s.PGSQL.${socketPort}`);
  await rm(socket, { force: true });
  await rm(`${socket}.lock`, { force: true });
}

/** Removes such a folder, its own or one that a killed server left; anything else stays. */
export async function removeSocketDirectory(folder: string): Promise<void> {
  if (basename(folder).startsWith(prefix)) await rm(folder, { recursive: true, force: true });
}

async function placeForSockets(owner: RunAs): Promise<string> {
  const place = tmpdir();
  const socket = join(place, `${prefix}XXXXXX`, `.s.PGSQL.${socketPort}.lock`);
  if (Buffer.byteLength(socket) > longestSocketPath) return '/tmp';
  if (!existsSync(place)) return '/tmp';
  if (owner.uid !== undefined && !(await isReachableByAll(place))) return '/tmp';
  return place;
}
