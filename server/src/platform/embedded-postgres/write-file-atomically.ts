import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { RunAs } from './run-command.ts';

/**
 * Replaces a file in one step, so that a reader or a crash meets the old text or the new one. Never follows a
 * link at `path`: the folder may belong to a less trusted user than this process.
 */
export async function writeFileAtomically(path: string, text: string, owner: RunAs = {}): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      if (owner.uid !== undefined && owner.gid !== undefined) await file.chown(owner.uid, owner.gid);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
