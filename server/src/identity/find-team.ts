import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Actor } from './actor.ts';
import { findTeam, type TeamRow } from './team-store.ts';
import type { Ctx } from './verbs.ts';

/** The team a request names, as the actor sees it; a 404 for one that is not there or not the actor's to see. */
export async function requireTeam(ctx: Ctx, teamid: string): Promise<TeamRow> {
  const team = isUuid(teamid)
    ? await findTeam(ctx.sql, ctx.actor.companyId, teamid, onlyMember(ctx.actor))
    : undefined;
  if (!team) throw notFound('team');
  return team;
}

/** The one user whose teams and memberships the actor sees; null = all. */
export function onlyMember(actor: Actor): string | null {
  return actor.rights.users === 'self' ? actor.userId : null;
}
