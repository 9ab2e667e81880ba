import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../../config.ts';
import { isDataFolderHeld } from '../../platform/embedded-postgres/data-folder-lock.ts';
import { readServerNote } from '../../platform/embedded-postgres/server-note.ts';
import { type Finding, fail, ok, reasonOf } from './finding.ts';

const CHECK = 'data folder';

/** Whether it can be written to, and who holds it. */
export async function checkDataFolder({ dataDir }: Pick<Config, 'dataDir'>): Promise<Finding> {
  const present = await nearestPresent(dataDir);
  try {
    await access(present, constants.W_OK | constants.X_OK);
  } catch (error) {
    return fail(
      CHECK,
      `${present} cannot be written to (${reasonOf(error)}). Run this as the server's user, or set HEADWATER_DATA_DIR to a folder that it may write to.`,
    );
  }
  if (!(await stat(present)).isDirectory()) {
    return fail(CHECK, `${present} is not a folder. Set HEADWATER_DATA_DIR to one.`);
  }
  if (present !== dataDir) return ok(CHECK, `${dataDir} will be made at the first start`);
  try {
    if (!isDataFolderHeld(dataDir)) return ok(CHECK, `${dataDir} can be written to; no server holds it`);
  } catch (error) {
    return fail(CHECK, (error as Error).message);
  }
  const note = await readServerNote(dataDir);
  const holder = note
    ? `process ${note.pid}${note.url ? ` (${note.url})` : ''} since ${note.startedAt}`
    : 'a process that is just starting';
  return ok(CHECK, `${dataDir} can be written to; held by ${holder}`);
}

/** The folder itself, or the lowest above it that is there. */
async function nearestPresent(folder: string): Promise<string> {
  const there = await stat(folder).then(
    () => true,
    () => false,
  );
  const above = path.dirname(folder);
  return there || above === folder ? folder : nearestPresent(above);
}
