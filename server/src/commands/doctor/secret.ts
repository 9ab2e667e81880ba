import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Config } from '../../config.ts';
import { secretFile } from '../../installation.ts';
import { clusterFolder } from '../../platform/embedded-postgres/cluster-folder.ts';
import { type Finding, fail, ok, reasonOf, warn } from './finding.ts';

const CHECK = 'secret';
const SHORTEST = 32;

/** What the tokens are signed with: set, or kept in a file that only its owner reads. */
export async function checkSecret({
  secret,
  dataDir,
  databaseUrl,
}: Pick<Config, 'secret' | 'dataDir' | 'databaseUrl'>): Promise<Finding> {
  if (secret) return ok(CHECK, 'HEADWATER_SECRET is set');
  const file = secretFile(dataDir);
  try {
    const kept = (await readFile(file, 'utf8')).trim();
    const { mode } = await stat(file);
    if (kept.length < SHORTEST) {
      return fail(
        CHECK,
        `${file} is damaged. Restore it from a backup, or delete it: then a new one is made and all tokens end.`,
      );
    }
    if ((mode & 0o077) !== 0) {
      return warn(CHECK, `${file} can be read by other users of this machine. Run chmod 600 on it.`);
    }
    const shared = databaseUrl ? '; every server on this database needs the same one' : '';
    return ok(CHECK, `is kept in ${file}${shared}`);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') {
      return existsSync(clusterFolder(dataDir))
        ? warn(CHECK, `${file} is gone. Restore it from a backup; else a new one is made and all tokens end.`)
        : ok(CHECK, `will be made in ${file} at the first start`);
    }
    return fail(CHECK, `${file} cannot be read (${reasonOf(error)}). Run this as the server's user.`);
  }
}
