import type { Files } from '../platform/files/files.ts';
import { sha256Of } from './copy-digest.ts';
import { damaged } from './damaged.ts';
import type { ArchivedFile } from './format.ts';

/** Puts a file where its key says, and answers how to take it away again. One that is there already stays. */
export async function putFile(
  files: Files,
  { key, type, sha256 }: ArchivedFile,
  bytes: Buffer,
): Promise<(() => Promise<void>) | undefined> {
  if (sha256Of(bytes) !== sha256) throw damaged(`the file ${key} is not what was written`);
  const there = await files.read(key);
  if (there === undefined) {
    await files.put(key, bytes, type);
    return () => files.remove(key);
  }
  if (sha256Of(there) === sha256) return undefined;
  throw new Error(
    `The file ${key} is there already, and another than in the archive. Move the files away first.`,
  );
}
