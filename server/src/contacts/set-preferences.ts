import { recordCommand } from '../identity/verbs.ts';
import { type ContactRef, requireContact } from './address.ts';
import { mayWrite } from './visibility.ts';
import { storeChange } from './write-contact.ts';

/** Whether the contact wants to hear from campaigns. */
export const setPreferences = recordCommand(
  'contacts.write',
  async (ctx, { ref, doNotContact }: { ref: ContactRef; doNotContact: boolean }, permit) => {
    const { contact } = await requireContact(ctx, ref);
    permit(mayWrite(ctx.actor, contact));
    if (contact.doNotContact === doNotContact) return;
    await storeChange(ctx, contact, { ...contact, doNotContact }, ['doNotContact']);
  },
);
