import { audit } from '../platform/audit/audit.ts';
import { findAccountByEmail, moveToEmail, replacePassword } from './account-store.ts';
import { claimKeys, emailTaken } from './create-user.ts';
import { emailKey } from './email.ts';
import { requireUser, type UserRef } from './find-user.ts';
import { hasInvitation } from './invitation-store.ts';
import { invite } from './invite.ts';
import { hashPassword } from './passwords.ts';
import { changedUser, type UserInput, userWire } from './user.ts';
import { findUser, lockUser, updateUser as store } from './user-store.ts';
import { recordCommand } from './verbs.ts';

/**
 * Changes what the input names and leaves the rest. A new password ends the user's tokens and invitation; a new email
 * takes an open invitation along: the link that went to the old one dies.
 */
export const updateUser = (publicUrl: string) =>
  recordCommand('users.write', async (ctx, { ref, change }: { ref: UserRef; change: UserInput }, permit) => {
    const { companyId } = ctx.actor;
    const { id } = await requireUser(ctx, ref);
    permit(true);
    await lockUser(ctx.sql, companyId, id);
    const before = await requireUser(ctx, { userid: id });
    const after = changedUser(before, change);
    if (
      emailKey(after.email) !== emailKey(before.email) &&
      (await findAccountByEmail(ctx.sql, after.email))
    ) {
      throw emailTaken();
    }
    if (after.email !== before.email) {
      await moveToEmail(ctx.sql, companyId, id, after.email);
      if (await hasInvitation(ctx.sql, companyId, id)) {
        await invite(ctx, companyId, { id, email: after.email, firstName: after.first_name }, publicUrl);
      }
    }
    await store(ctx.sql, companyId, after);
    if (change.integrations !== undefined) await claimKeys(ctx, after);
    if (change.password !== undefined) {
      await replacePassword(ctx.sql, companyId, id, await hashPassword(change.password));
      ctx.afterCommit('rights changed');
    }
    audit(ctx, 'user.update', { kind: 'user', id }, Object.keys(change));
    return userWire((await findUser(ctx.sql, companyId, id))!);
  });
