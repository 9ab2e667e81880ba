import { mayWrite } from '../contacts/visibility.ts';
import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { invalid } from '../platform/problem.ts';
import { parseMoment } from '../platform/time.ts';
import { isUuid, uuidv7 } from '../platform/uuid.ts';
import { noteOf } from './note.ts';
import { holdActor, holdSeenContact, insertNote } from './note-store.ts';
import { noteText } from './note-text.ts';

/**
 * A note about a contact that the actor may write; `date` absent = now. 400 for a contact that the actor does not see.
 * The author is held before the contact, in the order in which a leaving user and its contacts are.
 */
export const createNote = recordCommand(
  'contacts.write',
  async (ctx, input: { contactId: string; text: string; date?: string }, permit) => {
    const { contactId } = input;
    if (!isUuid(contactId)) throw unknownContact();
    const [authorId, contact] = await Promise.all([
      holdActor(ctx.sql, ctx.actor),
      holdSeenContact(ctx.sql, ctx.actor, contactId),
    ]);
    if (!contact) throw unknownContact();
    permit(
      mayWrite(ctx.actor, {
        assignedTo: contact.assigned_to ?? undefined,
        sourcedBy: contact.sourced_by ?? undefined,
      }),
    );
    const text = noteText(input.text);
    const date = input.date === undefined ? null : parseMoment(input.date)!;
    const id = uuidv7();
    const [made] = await Promise.all([
      insertNote(ctx.sql, ctx.actor.companyId, { id, contactId, authorId, text, date }),
      audit(ctx, 'note.create', { kind: 'note', id }, Object.keys(input)),
    ]);
    return noteOf(made);
  },
);

function unknownContact(): Error {
  return invalid('contactId', 'must be the id of a contact');
}
