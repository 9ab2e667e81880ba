import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { type ContactRef, requireContact } from './address.ts';
import { eraseContact } from './contact-store.ts';
import type { BeforeContactGoes } from './placements.ts';

/** Gone from every read, and from every pool and vacancy; its emails, links and external ids are free again. */
export const deleteContact = (beforeContactGoes: readonly BeforeContactGoes[]) =>
  recordCommand('contacts.delete', async (ctx, ref: ContactRef, permit) => {
    const { contact } = await requireContact(ctx, ref);
    permit(true);
    await Promise.all(beforeContactGoes.map((go) => go(ctx.sql, ctx.actor.companyId, contact.id)));
    await eraseContact(ctx.sql, ctx.actor.companyId, contact.id);
    audit(ctx, 'contact.delete', { kind: 'contact', id: contact.id });
  });
