import { open, readFile, rm } from 'node:fs/promises';
import { sha256Of } from './copy-digest.ts';

/** Whether the secret is kept in the file already. Refuses to go on where another one is. */
export async function isKept(file: string, sha256: string): Promise<boolean> {
  const kept = await readFile(file).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (kept === undefined) return false;
  if (sha256Of(kept) === sha256) return true;
  throw new Error(
    `${file} holds another secret than the archive. Move it away, or set HEADWATER_SECRET to the one that shall sign.`,
  );
}

/** Writes the secret, and answers how to take it away again. */
export async function putSecret(file: string, secret: Buffer): Promise<() => Promise<void>> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(secret);
    await handle.sync();
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return () => rm(file, { force: true });
}
