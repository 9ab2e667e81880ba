import { onlyMember, requireTeam } from './find-team.ts';
import { listTeams } from './team-store.ts';
import { query } from './verbs.ts';

export const readTeam = query('signed-in', async (ctx, { teamid }: { teamid: string }) =>
  requireTeam(ctx, teamid),
);

/** A page of the teams, oldest first; the role `restricted` finds its own, and only itself among their members. */
export const readTeams = query('signed-in', async (ctx, page: { limit: number; offset: number }) =>
  listTeams(ctx.sql, ctx.actor.companyId, { only: onlyMember(ctx.actor), ...page }),
);
