import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { requireNote } from './find-note.ts';
import { removeNote } from './note-store.ts';

/** For the author, and for whoever may delete contacts. */
export const deleteNote = recordCommand(
  'contacts.write',
  async (ctx, { noteid }: { noteid: string }, permit) => {
    const { companyId, userId, rights } = ctx.actor;
    const { id, author_id } = await requireNote(ctx, noteid, { held: true });
    permit(rights.deletesContacts || author_id === userId);
    await Promise.all([removeNote(ctx.sql, companyId, id), audit(ctx, 'note.delete', { kind: 'note', id })]);
  },
);
