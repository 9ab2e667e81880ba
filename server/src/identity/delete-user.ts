import { audit } from '../platform/audit/audit.ts';
import type { Sql } from '../platform/db/statement.ts';
import { conflict } from '../platform/problem.ts';
import { removeAccountWithoutFaces } from './account-store.ts';
import { requireUser, type UserRef } from './find-user.ts';
import { lockSuperAdmins, lockUser, removeUser } from './user-store.ts';
import { recordCommand } from './verbs.ts';

/** What another feature does before a user goes. */
export type BeforeUserLeaves = (sql: Sql, companyId: number, userId: string) => Promise<void>;

/** What other features do in a user's last transaction. */
export interface UserLeaving {
  /**
   * Holds records that changes take before they take their user, as a change of a contact does: whoever took the user
   * first would wait for them while they wait for the user.
   */
  beforeUserIsHeld: readonly ((sql: Sql, companyId: number, userId: string) => Promise<unknown>)[];
  beforeUserLeaves: readonly BeforeUserLeaves[];
}

/** Deletes the CRM face, ends its tokens; the account goes with its last face. 409 for the last super admin. */
export const deleteUser = ({ beforeUserIsHeld, beforeUserLeaves }: UserLeaving) =>
  recordCommand('users.write', async (ctx, ref: UserRef, permit) => {
    const { companyId } = ctx.actor;
    const { id } = await requireUser(ctx, ref);
    permit(true);
    const superAdmins = await lockSuperAdmins(ctx.sql, companyId);
    if (superAdmins.length === 1 && superAdmins[0] === id) {
      throw conflict('the last super admin of a company cannot be deleted; make another one first');
    }
    for (const hold of beforeUserIsHeld) await hold(ctx.sql, companyId, id);
    await lockUser(ctx.sql, companyId, id);
    await requireUser(ctx, { userid: id });
    for (const leave of beforeUserLeaves) await leave(ctx.sql, companyId, id);
    await removeUser(ctx.sql, companyId, id);
    await removeAccountWithoutFaces(ctx.sql, companyId, id);
    audit(ctx, 'user.delete', { kind: 'user', id });
    ctx.afterCommit('rights changed');
  });
