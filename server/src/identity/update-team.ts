import { audit } from '../platform/audit/audit.ts';
import { notFound } from '../platform/problem.ts';
import { trimmed } from '../platform/trimmed.ts';
import { teamNameTaken } from './create-team.ts';
import { requireTeam } from './find-team.ts';
import { requireMembers } from './team-members.ts';
import { lockTeam, renameTeam, replaceMembers, teamIdOfName } from './team-store.ts';
import { recordCommand } from './verbs.ts';

/** Changes what the input names; `members` replaces them all. */
export const updateTeam = recordCommand(
  'settings.write',
  async (
    ctx,
    { teamid, change }: { teamid: string; change: { name?: string; members?: string[] } },
    permit,
  ) => {
    const { companyId } = ctx.actor;
    const { id } = await requireTeam(ctx, teamid);
    permit(true);
    if (!(await lockTeam(ctx.sql, companyId, id))) throw notFound('team');
    if (change.name !== undefined) {
      const name = trimmed('name', change.name);
      const holder = await teamIdOfName(ctx.sql, companyId, name);
      if (holder !== undefined && holder !== id) throw teamNameTaken();
      await renameTeam(ctx.sql, companyId, id, name);
    }
    if (change.members !== undefined) {
      await replaceMembers(ctx.sql, companyId, id, await requireMembers(ctx, change.members));
      ctx.afterCommit('rights changed');
    }
    audit(ctx, 'team.update', { kind: 'team', id }, Object.keys(change));
    return requireTeam(ctx, id);
  },
);
