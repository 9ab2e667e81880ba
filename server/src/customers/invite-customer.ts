import { invite } from '../identity/invite.ts';
import type { Customer } from './customer.ts';
import type { CustomerCtx } from './customer-verbs.ts';
import { mailLanguage } from './mails.ts';

/** How long a customer's link works. */
export const INVITATION_DAYS = 14;

/** Mails a link to choose a password; every earlier link dies. */
export function inviteCustomer(ctx: CustomerCtx, customer: Customer, publicUrl: string): Promise<void> {
  const { accountId: id, email, firstName, preferredLanguage } = customer;
  const account = { id, email, firstName: firstName || null };
  return invite(ctx, ctx.actor.companyId, account, publicUrl, {
    days: INVITATION_DAYS,
    language: mailLanguage(preferredLanguage),
  });
}
