import { query } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { addressOf, type ContactRef } from './address.ts';
import { findContact } from './contact-lookup-store.ts';
import { withoutHidden } from './hidden-entries.ts';

/** The contact's JSON text, straight from its row: one round trip. */
export const readContact = query('signed-in', async (ctx, ref: ContactRef) => {
  const found = await findContact(ctx.sql, ctx.actor, addressOf(ref));
  if (!found) throw notFound('contact');
  return withoutHidden(ctx.actor, found.wire, found.excepted);
});
