import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { parseMoment } from '../platform/time.ts';
import { requireNote } from './find-note.ts';
import { noteOf } from './note.ts';
import { storeNote } from './note-store.ts';
import { noteText } from './note-text.ts';

/** For the author and super admins alone. A change that changes nothing leaves no trace. */
export const updateNote = recordCommand(
  'contacts.write',
  async (ctx, { noteid, change }: { noteid: string; change: { text?: string; date?: string } }, permit) => {
    const { companyId, userId, rights } = ctx.actor;
    const before = await requireNote(ctx, noteid, { held: true });
    permit(rights.everything || before.author_id === userId);
    const after = {
      id: before.id,
      text: change.text === undefined ? before.text : noteText(change.text),
      date: change.date === undefined ? before.date : parseMoment(change.date)!,
    };
    if (after.text === before.text && after.date === before.date) return noteOf(before);
    const [stored] = await Promise.all([
      storeNote(ctx.sql, companyId, after),
      audit(ctx, 'note.update', { kind: 'note', id: before.id }, Object.keys(change)),
    ]);
    return noteOf(stored);
  },
);
