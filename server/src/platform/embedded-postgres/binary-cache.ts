import { randomBytes } from 'node:crypto';
import { chmod, constants, copyFile, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';
import { linkLibraries } from './library-links.ts';

const abandonedAfterMs = 60 * 60 * 1000;

/**
 * Copies the package's programs into `<cache>/<name>`, readable and executable for all, unless they are
 * there; answers with that folder. Safe beside other processes that do the same. Throws if the cache is
 * another user's, or writable for one.
 */
export async function copyIntoCache(packageDir: string, cache: string, name: string): Promise<string> {
  await mkdir(cache, { recursive: true });
  if ((await lstat(cache)).uid === process.getuid?.()) await chmod(cache, 0o755);
  await refuseUnlessOurs(cache);
  const copy = join(cache, name);
  if (await exists(copy)) {
    await refuseUnlessOurs(copy);
    return copy;
  }
  await removeAbandonedCopies(cache);
  const temporary = join(cache, `.copy-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(temporary);
    await chmod(temporary, 0o755);
    await copyTree(join(packageDir, 'native'), join(temporary, 'native'));
    await linkLibraries(temporary);
    await rename(temporary, copy);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // The other process was faster.
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
    await refuseUnlessOurs(copy);
  }
  return copy;
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await chmod(target, (await lstat(source)).mode & 0o100 ? 0o755 : 0o644);
    }
  }
}

async function refuseUnlessOurs(folder: string): Promise<void> {
  const entry = await lstat(folder);
  if (!entry.isDirectory() || entry.uid !== process.getuid?.() || (entry.mode & 0o022) !== 0) {
    throw new Error(`${folder} is not a folder that only this user may write to`);
  }
}

async function removeAbandonedCopies(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('.copy-')) continue;
    const entry = await lstat(join(cache, name)).catch(() => undefined);
    if (entry && Date.now() - entry.mtimeMs > abandonedAfterMs) {
      await rm(join(cache, name), { recursive: true, force: true });
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
