import { recordCommand } from '../identity/verbs.ts';
import { addressOf, type ContactRef, requireContact } from './address.ts';
import type { Contact } from './contact.ts';
import type { ContactInput } from './contact-input.ts';
import { findContact } from './contact-lookup-store.ts';
import { takeUpdatedSeat } from './contact-store.ts';
import { withoutHidden } from './hidden-entries.ts';
import type { Placements } from './placements.ts';
import { refersToNothing } from './resolve-references.ts';
import { mayWrite } from './visibility.ts';
import { changeContact, changeContactDirectly } from './write-contact.ts';

interface Asked {
  ref: ContactRef;
  change: ContactInput;
}

/** Replaces each property that the change names, whole; null clears it. */
export const updateContact = (placements: Placements) =>
  recordCommand<Asked, string>(
    'contacts.write',
    async (ctx, { ref, change }, permit) => {
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
    async (ctx, { ref, change }, permit) => {
      const found = refersToNothing(change)
        ? await findContact(ctx.sql, ctx.actor, addressOf(ref))
        : undefined;
      if (!found) return undefined;
      const before: Contact = JSON.parse(found.wire);
      permit(mayWrite(ctx.actor, before));
      const wire = await changeContactDirectly(ctx, { before, standing: found.wire }, change);
      return wire && withoutHidden(ctx.actor, wire, found.excepted);
    },
  );
