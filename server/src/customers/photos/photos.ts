import { FILE_REMOVAL_TOPIC } from '../../platform/files/file-removal.ts';
import type { Files } from '../../platform/files/files.ts';
import { UploadedFile } from '../../platform/files/uploaded-file.ts';
import { photoFromDataUri } from '../../platform/images/photo-from-data-uri.ts';
import { type Photo, photoOf, type Refused } from '../../platform/images/photo-of.ts';
import { enqueue } from '../../platform/jobs/outbox.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import type { Customer } from '../customer.ts';
import type { CustomerCtx } from '../customer-verbs.ts';

/** A data URI, or a file of a form; empty or null removes what is there. */
export type PhotoInput = string | UploadedFile | null;

/** A photo that was read, or a web address; null: none, undefined: not named. */
export type TakenPhoto = Photo | Refused | { address: string } | null | undefined;

/** Reads what came as a photo. It takes its time: not for inside a transaction. */
export async function takePhoto(given: PhotoInput | undefined): Promise<TakenPhoto> {
  if (given === undefined) return undefined;
  if (given instanceof UploadedFile) return given.file.length === 0 ? null : photoOf(given.file);
  if (given === null || given === '') return null;
  if (typeof given !== 'string') return { refused: 'must be a file or a data URI' };
  return /^https?:\/\//i.test(given) ? { address: given } : photoFromDataUri(given);
}

type Kept = Customer['photo'];

/** Where the photos of customers are. */
export interface Photos {
  /** Keeps a photo that was taken, under a name of its own. */
  keep(companyId: number, photo: Photo): Promise<NonNullable<Kept>>;
  /** Removes the file once the transaction is committed. */
  drop(ctx: CustomerCtx, photo: NonNullable<Kept>): void;
}

export function photosIn(files: Files): Photos {
  return {
    async keep(companyId, { bytes, contentType }) {
      const key = `companies/${companyId}/photos/${uuidv7()}`;
      await files.put(key, bytes, contentType);
      return { key, type: contentType };
    },
    drop: (ctx, { key }) => enqueue(ctx, ctx.actor.companyId, FILE_REMOVAL_TOPIC, { key }),
  };
}
