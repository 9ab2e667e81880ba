import { recordCommand } from '../identity/verbs.ts';
import { type ContactRef, requireContact } from './address.ts';
import type { ContactInput } from './contact-input.ts';
import { withoutHidden } from './hidden-fields.ts';
import { mayWrite } from './visibility.ts';
import { changeContact } from './write-contact.ts';

/** Replaces each property that the change names, whole; null clears it. */
export const updateContact = recordCommand(
  'contacts.write',
  async (ctx, { ref, change }: { ref: ContactRef; change: ContactInput }, permit) => {
    const { contact, hidden } = await requireContact(ctx, ref);
    permit(mayWrite(ctx.actor, contact));
    return withoutHidden(
      await changeContact(ctx, { before: contact, hidden }, change, { adding: false }),
      hidden,
    );
  },
);
