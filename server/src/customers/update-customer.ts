import { isDeepStrictEqual } from 'node:util';
import { findAccountByEmail, moveToEmail } from '../identity/account-store.ts';
import { emailTaken } from '../identity/create-user.ts';
import { emailKey, parsedEmail } from '../identity/email.ts';
import { audit } from '../platform/audit/audit.ts';
import { forbidden } from '../platform/problem.ts';
import { type Customer, type CustomerInput, changedCustomer } from './customer.ts';
import { endInvitations, storeCustomer } from './customer-store.ts';
import { type CustomerCtx, customerCommand } from './customer-verbs.ts';
import { type CustomerRef, requireBelow, requireCustomer, requireHeld } from './find-customer.ts';
import { inviteCustomer } from './invite-customer.ts';
import { EMAIL_TAKEN, Mistakes, typeMistake } from './mistakes.ts';
import type { PhotoLinks } from './photos/photo-links.ts';
import type { Photos, TakenPhoto } from './photos/photos.ts';
import { isAddressOf, settledPhoto } from './photos/sent-back.ts';

interface Parts {
  publicUrl: string;
  photos: Photos;
  links: PhotoLinks;
}

/**
 * Changes what the input names, of a customer below the caller, or of the caller itself but for what it may do. The
 * username stays. Whoever is deactivated is signed out.
 */
export const updateCustomer = ({ publicUrl, photos, links }: Parts) =>
  customerCommand(
    'customers.write',
    async (
      ctx,
      {
        ref,
        change,
        photo: taken,
      }: { companyId: string; ref: CustomerRef; change: CustomerInput; photo: TakenPhoto },
    ) => {
      const { companyId } = ctx.actor;
      const before = await requireHeld(ctx, ref);
      requireReach(ctx, before, change);
      const photo = settledPhoto(taken, (address) => isAddressOf(links, companyId, before, address));
      const email = change.email === undefined ? before.email : parsedEmail(change.email);
      await requireSound(
        ctx,
        before,
        { ...change, email },
        photo && 'refused' in photo ? photo.refused : undefined,
      );

      const after: Customer = {
        ...changedCustomer(before, change),
        photo: await photoAfter(photos, companyId, before, photo),
      };
      if (isDeepStrictEqual(after, before) && email === before.email)
        return { customer: before, reader: ctx.actor };
      await storeCustomer(ctx.sql, companyId, after);
      if (photo !== undefined && before.photo) photos.drop(ctx, before.photo);
      if (email !== before.email) {
        await moveToEmail(ctx.sql, companyId, before.accountId, email);
        // The link that went to the other address dies.
        await (after.status === 'invited'
          ? inviteCustomer(ctx, { ...after, email }, publicUrl)
          : endInvitations(ctx.sql, companyId, before.accountId));
      }
      if (after.active !== before.active || after.accountType !== before.accountType) {
        ctx.afterCommit('rights changed');
      }
      audit(ctx, 'customer.update', { kind: 'customer', id: before.accountId }, [
        ...Object.keys(change),
        ...(photo === undefined ? [] : ['photo']),
      ]);
      return { customer: await requireCustomer(ctx, ref), reader: ctx.actor };
    },
  );

async function photoAfter(
  photos: Photos,
  companyId: number,
  before: Customer,
  photo: ReturnType<typeof settledPhoto>,
): Promise<Customer['photo']> {
  if (photo === undefined) return before.photo;
  return photo && !('refused' in photo) ? photos.keep(companyId, photo) : null;
}

/** Downwards, or oneself: but nobody raises, lowers or deactivates oneself. */
function requireReach(ctx: CustomerCtx, before: Customer, change: CustomerInput): void {
  if (before.accountId !== ctx.actor.userId) {
    requireBelow(ctx, before);
    return;
  }
  const after = changedCustomer(before, change);
  if (after.accountType !== before.accountType || after.active !== before.active) {
    throw forbidden('nobody changes their own account_type or is_active');
  }
}

async function requireSound(
  ctx: CustomerCtx,
  before: Customer,
  change: CustomerInput & { email: string },
  photoRefused: string | undefined,
): Promise<void> {
  const { companyId, accountType } = ctx.actor;
  const mistakes = new Mistakes();
  if (change.username !== undefined && change.username !== before.username) {
    mistakes.add('username', 'Cannot be changed.');
  }
  if (change.account_type !== undefined && change.account_type !== before.accountType) {
    const above = typeMistake(accountType, change.account_type);
    if (above) mistakes.add('account_type', above);
  }
  if (emailKey(change.email) !== emailKey(before.email)) {
    const holder = await findAccountByEmail(ctx.sql, change.email);
    if (holder && holder.company_id !== companyId) throw emailTaken();
    if (holder) mistakes.add('email', EMAIL_TAKEN);
  }
  if (photoRefused) mistakes.add('photo', photoRefused);
  mistakes.raise();
}
