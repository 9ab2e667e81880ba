import { query } from '../identity/verbs.ts';
import { requireNote } from './find-note.ts';
import { noteOf } from './note.ts';

/** Seen by whoever sees its contact. */
export const readNote = query('signed-in', async (ctx, { noteid }: { noteid: string }) =>
  noteOf(await requireNote(ctx, noteid)),
);
