import { chmod, chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Logger } from 'pino';
import type { Binaries } from './binaries.ts';
import { clusterFolderArgument, withClusterFolder } from './cluster-folder.ts';
import { errorCode } from './error-code.ts';
import { type RunAs, runCommand } from './run-command.ts';

/** For the character classes that text search and trigrams use; the first that the system knows is taken. */
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/**
 * Makes the cluster at `clusterDir` unless there is one: in a folder beside it that takes its name when done,
 * so that a half-made one is never met. Removes what an interrupted one left. Needs the data folder's lock.
 * Throws with a sentence if the folder holds something else, or a cluster of another major version.
 */
export async function initialiseCluster(
  clusterDir: string,
  binaries: Binaries,
  runAs: RunAs,
  log: Logger,
): Promise<void> {
  await removeUnfinished(clusterDir);
  if (await isInitialised(clusterDir, binaries.major)) {
    // PostgreSQL insists on it, and a restored copy rarely has it.
    await chmod(clusterDir, 0o700);
    return;
  }
  log.info({ folder: clusterDir }, 'creating the database cluster');
  const unfinished = await mkdtemp(unfinishedPrefix(clusterDir));
  try {
    const cluster = join(unfinished, 'cluster');
    await mkdir(cluster, { mode: 0o700 });
    if (runAs.uid !== undefined && runAs.gid !== undefined) await chown(cluster, runAs.uid, runAs.gid);
    await runInitdb(cluster, binaries, runAs);
    await rename(cluster, clusterDir);
    await syncFolder(dirname(clusterDir));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function isInitialised(clusterDir: string, major: string): Promise<boolean> {
  const found = await readFile(join(clusterDir, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) {
    if ((await entries(clusterDir)).length === 0) return false;
    throw new Error(
      `${clusterDir} is not empty and holds no PostgreSQL cluster. ` +
        'Move it away, or choose another data folder.',
    );
  }
  if (found.trim() === major) return true;
  throw new Error(
    `The database in ${clusterDir} was made by PostgreSQL ${found.trim()}, and this version of Headwater ` +
      `brings PostgreSQL ${major}, which cannot read it. Start the version of Headwater that made it, make a ` +
      'backup with it (npm run headwater -- backup <file>), and restore that with this version into a new data ' +
      `folder; or run PostgreSQL ${found.trim()} on it yourself and set DATABASE_URL.`,
  );
}

async function runInitdb(cluster: string, binaries: Binaries, runAs: RunAs): Promise<void> {
  for (const characterType of characterTypes) {
    const { status, output } = await runCommand(
      binaries.initdb,
      [
        `--pgdata=${clusterFolderArgument(cluster)}`,
        '--username=postgres',
        '--auth=peer',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--lc-ctype=${characterType}`,
        '--no-instructions',
      ],
      { ...runAs, cwd: cluster },
    );
    if (status === 0) return;
    if (output.includes('invalid locale name')) continue;
    const reason = withClusterFolder(output.trim(), cluster).split('\n').slice(-5).join(' / ');
    throw new Error(`The database cluster could not be created (initdb: ${status ?? 'killed'}). ${reason}`);
  }
}

async function removeUnfinished(clusterDir: string): Promise<void> {
  const prefix = basename(unfinishedPrefix(clusterDir));
  for (const name of await entries(dirname(clusterDir))) {
    if (!name.startsWith(prefix)) continue;
    // An initdb whose server was killed may still be writing.
    await rm(join(dirname(clusterDir), name), {
      recursive: true,
      force: true,
      maxRetries: 20,
      retryDelay: 50,
    });
  }
}

function unfinishedPrefix(clusterDir: string): string {
  return `${clusterDir}.unfinished-`;
}

async function entries(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
