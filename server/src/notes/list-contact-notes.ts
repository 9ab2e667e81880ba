import { query } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { noteOf } from './note.ts';
import { listNotesOfContact } from './note-list-store.ts';

/** One contact's notes, the latest `date` first: what is pinned by a date to come is on top. */
export const listContactNotes = query(
  'signed-in',
  async (ctx, { contactid, limit, skip }: { contactid: string; limit: number; skip: number }) => {
    const found = isUuid(contactid)
      ? await listNotesOfContact(ctx.sql, ctx.actor, contactid, { limit, offset: skip })
      : undefined;
    if (!found) throw notFound('contact');
    return { metadata: { totalCount: found.totalCount }, notes: found.notes.map(noteOf) };
  },
);
