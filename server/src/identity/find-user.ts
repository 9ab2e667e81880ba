import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Actor } from './actor.ts';
import { requirePartner } from './integrations.ts';
import type { UserRow } from './user.ts';
import { findUser, findUserByKey } from './user-store.ts';
import type { Ctx } from './verbs.ts';

/** How a request names a user: by id, or by its id at a partner. */
export type UserRef = { userid: string } | { partnername: string; externalid: string };

/** The user a request names; a 404 for one that is not there or that the actor may not see. */
export async function requireUser(ctx: Ctx, ref: UserRef): Promise<UserRow> {
  const { companyId } = ctx.actor;
  const user =
    'userid' in ref
      ? isUuid(ref.userid)
        ? await findUser(ctx.sql, companyId, ref.userid)
        : undefined
      : await findUserByKey(ctx.sql, companyId, requirePartner(ref.partnername), ref.externalid);
  if (!user || !seesUser(ctx.actor, user.id)) throw notFound('user');
  return user;
}

export function seesUser(actor: Actor, userId: string): boolean {
  return actor.rights.users !== 'self' || actor.userId === userId;
}
