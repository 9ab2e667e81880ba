import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whether every user may enter this folder and all that lead to it. */
export async function isReachableByAll(folder: string): Promise<boolean> {
  for (let path = folder; ; path = dirname(path)) {
    const { mode } = await stat(path);
    if ((mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
