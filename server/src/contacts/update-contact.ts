import { recordCommand } from '../identity/verbs.ts';
import { type ContactRef, requireContact } from './address.ts';
import type { ContactInput } from './contact-input.ts';
import { takeUpdatedSeat } from './contact-store.ts';
import { withoutHidden } from './hidden-entries.ts';
import type { Placements } from './placements.ts';
import { mayWrite } from './visibility.ts';
import { changeContact } from './write-contact.ts';

/** Replaces each property that the change names, whole; null clears it. */
export const updateContact = (placements: Placements) =>
  recordCommand(
    'contacts.write',
    async (ctx, { ref, change }: { ref: ContactRef; change: ContactInput }, permit) => {
      const [{ contact, excepted }, seat] = await Promise.all([
        requireContact(ctx, ref),
        takeUpdatedSeat(ctx.sql, ctx.actor.companyId),
      ]);
      permit(mayWrite(ctx.actor, contact));
      return withoutHidden(
        ctx.actor,
        await changeContact(ctx, { before: contact, excepted }, change, { adding: false, placements, seat }),
        excepted,
      );
    },
  );
