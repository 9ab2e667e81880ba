import { requireUser, type UserRef } from './find-user.ts';
import { userWire } from './user.ts';
import { listUsers } from './user-store.ts';
import { query } from './verbs.ts';

export const readUser = query('signed-in', async (ctx, ref: UserRef) =>
  userWire(await requireUser(ctx, ref)),
);

/** A page of the company's users, oldest first; the role `restricted` finds only itself. */
export const readUsers = query('signed-in', async (ctx, page: { limit: number; offset: number }) => {
  const only = ctx.actor.rights.users === 'self' ? ctx.actor.userId : null;
  const { users, totalCount } = await listUsers(ctx.sql, ctx.actor.companyId, { only, ...page });
  return { users: users.map(userWire), totalCount };
});
