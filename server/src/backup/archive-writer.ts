import { randomBytes } from 'node:crypto';
import { access, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
// Streams of tar entries both ways, long maintained and with few dependencies; any tar reads what it writes.
import { pack } from 'tar-stream';
import { type EntryName, spellEntryName } from './format.ts';

export interface ArchiveWriter {
  /** Settles when there is room for the next entry. */
  add(entry: EntryName, chunks: Buffer[]): Promise<void>;
}

const CHUNK = 256 * 1024;

/**
 * Makes an archive of what `work` adds: under its name once it is whole and on disk, else not at all. It holds people's
 * data and the secret, so it is its owner's alone.
 */
export async function writeArchive<T>(
  file: string,
  work: (archive: ArchiveWriter) => Promise<T>,
  signal?: AbortSignal,
): Promise<{ result: T; bytes: number }> {
  await refuseExisting(file);
  const unfinished = `${file}.${randomBytes(6).toString('hex')}.part`;
  const handle = await open(unfinished, 'wx', 0o600).catch((error) => {
    throw new Error(`${file} cannot be written (${error.message}). Name a file in a folder that takes it.`, {
      cause: error,
    });
  });
  const entries = pack();
  const output = handle.createWriteStream({ flush: true });
  const written = pipeline(entries, createGzip({ chunkSize: CHUNK }), output, { ...(signal && { signal }) });
  written.catch(() => {});
  const mtime = new Date();
  try {
    const result = await work({
      add: (entry, chunks) =>
        new Promise((resolve, reject) => {
          const size = chunks.reduce((sum, { length }) => sum + length, 0);
          const header = { name: spellEntryName(entry), size, mode: 0o600, mtime };
          const sink = entries.entry(header, (error) => (error ? reject(error) : resolve()));
          for (const chunk of chunks) sink.write(chunk);
          sink.end(null);
        }),
    });
    entries.finalize();
    await written;
    await refuseExisting(file);
    await rename(unfinished, file);
    await syncFolder(path.dirname(file));
    return { result, bytes: output.bytesWritten };
  } catch (error) {
    entries.destroy(error as Error);
    // What the output failed with says more than what that did to the entry on its way.
    const cause = await written.then(
      () => error,
      (failure) => failure,
    );
    await rm(unfinished, { force: true });
    throw cause;
  }
}

async function refuseExisting(file: string): Promise<void> {
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there) throw new Error(`${file} is there already. Name another file; a backup replaces none.`);
}

/** So that the name, too, outlives a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
