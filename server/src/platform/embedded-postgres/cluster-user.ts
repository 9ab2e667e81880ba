import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { errorCode } from './error-code.ts';
import type { RunAs } from './run-command.ts';

/** The operating system's users in play: who runs PostgreSQL, and who may connect to it. */
export interface ClusterUser {
  /** Passed to every child process; empty unless this process is root. */
  runAs: RunAs;
  /** The name of this process's own user, which PostgreSQL lets in. */
  serverUser: string;
}

const usersForRoot = ['headwater', 'postgres', 'nobody'];

/**
 * Finds out as whom to run PostgreSQL, which refuses root: as this process's own user; for root, as the owner
 * of the cluster that is there, else as the first of `headwater`, `postgres` and `nobody` that exists. Throws
 * with a sentence if no user will do.
 */
export async function clusterUser(clusterDir: string): Promise<ClusterUser> {
  const own = ownUser();
  const owner = await ownerOf(clusterDir);
  if (own.uid !== 0) {
    if (owner !== undefined && owner.uid !== own.uid) {
      throw new Error(
        `The database folder ${clusterDir} belongs to user ${owner.uid}, and this server runs as ` +
          `${own.username} (${own.uid}). Start it as that user or as root.`,
      );
    }
    return { runAs: {}, serverUser: own.username };
  }
  if (process.platform !== 'linux') {
    throw new Error(
      'PostgreSQL does not run as root. Start the server as another user, or set DATABASE_URL.',
    );
  }
  if (owner !== undefined && owner.uid !== 0) {
    return { runAs: { uid: owner.uid, gid: owner.gid }, serverUser: own.username };
  }
  const runAs = await firstUser(usersForRoot);
  if (owner !== undefined) {
    throw new Error(
      `The database folder ${clusterDir} belongs to root, as whom PostgreSQL does not run. ` +
        `Run: chown -R ${runAs.uid}:${runAs.gid} '${clusterDir}'`,
    );
  }
  return { runAs, serverUser: own.username };
}

function ownUser(): { uid: number; username: string } {
  try {
    return userInfo();
  } catch {
    throw new Error(
      `User ${process.getuid?.()} has no entry in /etc/passwd, without which PostgreSQL does not start. ` +
        'Add one, start the server as another user, or set DATABASE_URL.',
    );
  }
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function firstUser(names: string[]): Promise<Required<RunAs>> {
  const entries = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of names) {
    const [, , uid, gid] = entries.find((entry) => entry[0] === name) ?? [];
    if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    `PostgreSQL does not run as root, and there is none of the users ${names.join(', ')} to run it as. ` +
      'Add one (useradd --system headwater), start the server as another user, or set DATABASE_URL.',
  );
}
