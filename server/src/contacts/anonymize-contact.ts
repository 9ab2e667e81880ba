import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { type ContactRef, requireContact } from './address.ts';
import { markAnonymised } from './contact-store.ts';

/** Hidden from every read, its identifiers still held; again: nothing more happens. */
export const anonymizeContact = anonymising(true);

/** Brings back exactly what was there; again: nothing more happens. */
export const deanonymizeContact = anonymising(false);

function anonymising(on: boolean) {
  return recordCommand('contacts.anonymize', async (ctx, ref: ContactRef, permit) => {
    const { anonymizesContacts } = ctx.actor.rights;
    const { contact, anonymised } = await requireContact(ctx, ref, { anonymised: anonymizesContacts });
    permit(true);
    if (anonymised === on) return;
    await markAnonymised(ctx.sql, ctx.actor.companyId, contact.id, on);
    audit(ctx, on ? 'contact.anonymize' : 'contact.deanonymize', { kind: 'contact', id: contact.id });
  });
}
