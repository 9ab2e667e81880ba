import { findAccountByEmail, insertAccount } from '../identity/account-store.ts';
import { emailTaken } from '../identity/create-user.ts';
import { emailKey, parsedEmail } from '../identity/email.ts';
import { audit } from '../platform/audit/audit.ts';
import { uuidv7 } from '../platform/uuid.ts';
import type { AccountType } from './account-types.ts';
import { blankCustomer, type Customer, type CustomerInput, changedCustomer } from './customer.ts';
import { customerOfAccount, holderOfUsername, insertCustomer, takeNumbers } from './customer-store.ts';
import { type CustomerCtx, customerCommand } from './customer-verbs.ts';
import { requireCustomer } from './find-customer.ts';
import { inviteCustomer } from './invite-customer.ts';
import { EMAIL_TAKEN, Mistakes, typeMistake, USERNAME_TAKEN } from './mistakes.ts';
import type { Photos, TakenPhoto } from './photos/photos.ts';
import { settledPhoto } from './photos/sent-back.ts';

export type NewCustomer = CustomerInput & { email: string; account_type: AccountType };

/**
 * A customer below the caller: a new account, or a second face of the company's account with this email. Invited by mail.
 * 409 for an email of another company.
 */
export const createCustomer = ({ publicUrl, photos }: { publicUrl: string; photos: Photos }) =>
  customerCommand(
    'customers.write',
    async (
      ctx,
      {
        companyId: inPath,
        input,
        photo: taken,
      }: { companyId: string; input: NewCustomer; photo: TakenPhoto },
    ) => {
      const { companyId, userId, accountType } = ctx.actor;
      // First: until the transaction ends, nobody else takes a name or a number.
      const number = await takeNumbers(ctx.sql, companyId, 1);
      const existing = await findAccountByEmail(ctx.sql, input.email);
      if (existing && existing.company_id !== companyId) throw emailTaken();
      const email = existing?.email ?? parsedEmail(input.email);
      const username = input.username?.trim() || email;
      const mistakes = new Mistakes();
      const above = typeMistake(accountType, input.account_type);
      if (above) mistakes.add('account_type', above);
      const held =
        existing && (await customerOfAccount(ctx.sql, companyId, existing.account_id)) !== undefined;
      if (held) mistakes.add('email', EMAIL_TAKEN);
      const named = emailKey(username) !== emailKey(email);
      if ((named || !held) && (await isTaken(ctx, username, named))) mistakes.add('username', USERNAME_TAKEN);
      const photo = settledPhoto(taken, () => false);
      if (photo && 'refused' in photo) mistakes.add('photo', photo.refused);
      mistakes.raise();

      const accountId = existing?.account_id ?? uuidv7();
      const blank = blankCustomer(accountId, number, username, email);
      const customer: Customer = {
        ...changedCustomer(blank, { ...input, is_active: true }),
        invitedAt: new Date().toISOString(),
        photo: photo && !('refused' in photo) ? await photos.keep(companyId, photo) : null,
      };
      if (!existing) await insertAccount(ctx.sql, companyId, accountOf(customer));
      await insertCustomer(ctx.sql, companyId, customer, userId);
      const ref = { companyId: inPath, customerId: String(number) };
      // An account that was there knows the name that the request does not say.
      await inviteCustomer(ctx, existing ? await requireCustomer(ctx, ref) : customer, publicUrl);
      audited(ctx, customer, [...Object.keys(input), ...(photo ? ['photo'] : [])]);
      return { customer: await requireCustomer(ctx, ref), reader: ctx.actor };
    },
  );

/** By a customer, or (where it is not the new one's own) as the email of an account, which signs in by it too. */
async function isTaken({ sql, actor }: CustomerCtx, username: string, named: boolean): Promise<boolean> {
  if ((await holderOfUsername(sql, actor.companyId, username)) !== undefined) return true;
  return named && (await findAccountByEmail(sql, username))?.company_id === actor.companyId;
}

function accountOf({ accountId, email }: Customer) {
  return {
    id: accountId,
    email,
    passwordHash: null,
    first_name: null,
    last_name: null,
    position: null,
  };
}

function audited(ctx: CustomerCtx, { accountId }: Customer, fields: string[]): void {
  audit(ctx, 'customer.create', { kind: 'customer', id: accountId }, fields);
}
