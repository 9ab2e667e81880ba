import { query } from '../identity/verbs.ts';
import { parseMoment } from '../platform/time.ts';
import { isUuid } from '../platform/uuid.ts';
import { noteOf } from './note.ts';
import { listNotes as page } from './note-list-store.ts';

export interface NotesRequest {
  after?: string;
  before?: string;
  contactId?: string;
  limit: number;
  offset: number;
}

/**
 * Notes about every contact that the actor sees, oldest first. `after` is inclusive and `before` exclusive, so that
 * windows that adjoin neither lose nor repeat one.
 */
export const listNotes = query('signed-in', async (ctx, { after, before, ...rest }: NotesRequest) => {
  const { contactId } = rest;
  if (contactId !== undefined && !isUuid(contactId)) return { notes: [], totalCount: 0 };
  const filter = {
    ...(after === undefined ? {} : { after: parseMoment(after)! }),
    ...(before === undefined ? {} : { before: parseMoment(before)! }),
    ...(contactId === undefined ? {} : { contactId }),
  };
  const { notes, totalCount } = await page(ctx.sql, ctx.actor, filter, rest);
  return { notes: notes.map(noteOf), totalCount };
});
