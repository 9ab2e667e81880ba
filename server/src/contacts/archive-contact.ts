import { recordCommand } from '../identity/verbs.ts';
import { type ContactRef, requireContact } from './address.ts';
import { withoutHidden } from './hidden-entries.ts';
import { mayWrite } from './visibility.ts';
import { storeChange } from './write-contact.ts';

/** Out of the list, still there by id; again: nothing more happens. */
export const archiveContact = archiving(true);
export const unarchiveContact = archiving(false);

function archiving(on: boolean) {
  return recordCommand('contacts.write', async (ctx, ref: ContactRef, permit) => {
    const { contact, wire, excepted } = await requireContact(ctx, ref);
    permit(mayWrite(ctx.actor, contact));
    const { archivedAt, ...rest } = contact;
    if ((archivedAt !== undefined) === on) return withoutHidden(ctx.actor, wire, excepted);
    const after = on ? { ...rest, archivedAt: new Date().toISOString() } : rest;
    return withoutHidden(ctx.actor, await storeChange(ctx, contact, after, ['archivedAt']), excepted);
  });
}
