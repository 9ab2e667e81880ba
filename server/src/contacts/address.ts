import { requirePartner } from '../identity/integrations.ts';
import type { Ctx } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Contact } from './contact.ts';
import { type ContactAddress, type Found, lockContact } from './contact-lookup-store.ts';
import { partnerKey } from './identity-keys.ts';

/** How a request names a contact: by id, or by its id at a partner. */
export type ContactRef = { contactid: string } | { partnername: string; externalid: string };

/** Throws a 404 for what cannot be an id, a 400 for an unknown partner. */
export function addressOf(ref: ContactRef): ContactAddress {
  if ('partnername' in ref) return { key: partnerKey(requirePartner(ref.partnername), ref.externalid) };
  if (!isUuid(ref.contactid)) throw notFound('contact');
  return { id: ref.contactid };
}

/**
 * The contact a command is about, held until its transaction ends; a 404 where the actor does not see it. An anonymised
 * one is seen only where `anonymised` says so.
 */
export async function requireContact(
  ctx: Ctx,
  ref: ContactRef,
  { anonymised = false }: { anonymised?: boolean } = {},
): Promise<Found & { contact: Contact; anonymised: boolean }> {
  const found = await lockContact(ctx.sql, ctx.actor, addressOf(ref));
  if (!found || (found.anonymised && !anonymised)) throw notFound('contact');
  return { ...found, contact: JSON.parse(found.wire) };
}
