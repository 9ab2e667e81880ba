import path from 'node:path';
import type { Disk } from 'flydrive';
import { Problem } from '../problem.ts';
import { isFileKey } from './file-key.ts';
import { readFilesUrl } from './files-url.ts';

/** What is kept outside the database, under keys of newFileKey. */
export interface Files {
  put(key: string, bytes: Buffer, contentType: string): Promise<void>;
  read(key: string): Promise<Buffer | undefined>;
  /** What is not there is removed already. */
  remove(key: string): Promise<void>;
}

/**
 * The files of the settings: in S3 where they say so, else in a folder below the data folder. Nothing is loaded,
 * reached or made before the first of them is asked for.
 */
export function openFiles(config: { dataDir: string; filesUrl: string | undefined }): Files {
  let opened: Promise<Disk> | undefined;
  const at = async (key: string): Promise<Disk> => {
    if (!isFileKey(key)) throw new Error('a file was asked for under a key that is none of ours');
    opened ??= openDisk(config);
    return opened;
  };
  return {
    async put(key, bytes, contentType) {
      const disk = await at(key);
      await disk.put(key, bytes, { contentType, contentLength: bytes.length }).catch(rethrow);
    },
    async read(key) {
      const disk = await at(key);
      const bytes = await disk
        .getBytes(key)
        .catch((error) => (isMissing(error) ? undefined : rethrow(error)));
      return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    async remove(key) {
      const disk = await at(key);
      await disk.delete(key).catch((error) => (isMissing(error) ? undefined : rethrow(error)));
    },
  };
}

/** S3's client takes its time and memory to load: only who asks for S3 pays for it. */
async function openDisk({ dataDir, filesUrl }: { dataDir: string; filesUrl: string | undefined }) {
  if (filesUrl === undefined) {
    const { folderDisk } = await import('./folder-disk.ts');
    return folderDisk(path.join(dataDir, 'files'));
  }
  const settings = readFilesUrl(filesUrl);
  if (!settings) throw new Error('the URL of the files was not checked');
  const { s3Disk } = await import('./s3-disk.ts');
  return s3Disk(settings);
}

interface DiskError extends Error {
  cause?: { code?: string; name?: string; $fault?: string; $metadata?: { httpStatusCode?: number } };
}

function isMissing({ cause }: DiskError): boolean {
  return cause?.code === 'ENOENT' || cause?.name === 'NoSuchKey';
}

/** A store that is away is like a database that is: the caller may try again. Anything else is a fault of ours. */
function rethrow(error: DiskError): never {
  if (!isAway(error)) throw error;
  const problem = new Problem(503, 'the store of the files is away; try again shortly', { retryAfter: 5 });
  problem.cause = error;
  throw problem;
}

/** S3's client says of its errors how many attempts they took, and their status where there was an answer. */
function isAway({ cause }: DiskError): boolean {
  if (!cause?.$metadata) return false;
  const status = cause.$metadata.httpStatusCode;
  return status === undefined || status >= 500 || status === 429;
}
