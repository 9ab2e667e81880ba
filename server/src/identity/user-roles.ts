import { audit } from '../platform/audit/audit.ts';
import { conflict } from '../platform/problem.ts';
import { requireUser } from './find-user.ts';
import type { Role } from './permissions.ts';
import { lockSuperAdmins, lockUser, replaceRoles, rolesOfUser } from './user-store.ts';
import { query, recordCommand } from './verbs.ts';

export const readRoles = query('signed-in', async (ctx, { userid }: { userid: string }) => {
  const { id } = await requireUser(ctx, { userid });
  return (await rolesOfUser(ctx.sql, ctx.actor.companyId, id)) ?? [];
});

/** Replaces the roles. 409 where that would leave the company without a super admin. */
export const setRoles = recordCommand(
  'users.write',
  async (ctx, { userid, roles }: { userid: string; roles: Role[] }, permit) => {
    const { companyId } = ctx.actor;
    const { id } = await requireUser(ctx, { userid });
    permit(true);
    const superAdmins = await lockSuperAdmins(ctx.sql, companyId);
    await lockUser(ctx.sql, companyId, id);
    if (superAdmins.length === 1 && superAdmins[0] === id && !roles.includes('super_admin')) {
      throw conflict('the last super admin of a company cannot be demoted; make another one first');
    }
    await replaceRoles(ctx.sql, companyId, id, roles);
    audit(ctx, 'user.set-roles', { kind: 'user', id }, ['roles']);
    ctx.afterCommit('rights changed');
  },
);
