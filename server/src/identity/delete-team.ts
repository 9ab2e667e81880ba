import { audit } from '../platform/audit/audit.ts';
import type { Sql } from '../platform/db/statement.ts';
import { notFound } from '../platform/problem.ts';
import { requireTeam } from './find-team.ts';
import { lockTeam, removeTeam } from './team-store.ts';
import { recordCommand } from './verbs.ts';

/** What another feature does, in the same transaction, before a team goes. */
export type BeforeTeamGoes = (sql: Sql, companyId: number, teamId: string) => Promise<void>;

/** Deletes a team and its memberships; its members stay. */
export const deleteTeam = (beforeTeamGoes: readonly BeforeTeamGoes[]) =>
  recordCommand('settings.write', async (ctx, { teamid }: { teamid: string }, permit) => {
    const { companyId } = ctx.actor;
    const { id } = await requireTeam(ctx, teamid);
    permit(true);
    if (!(await lockTeam(ctx.sql, companyId, id))) throw notFound('team');
    for (const go of beforeTeamGoes) await go(ctx.sql, companyId, id);
    await removeTeam(ctx.sql, companyId, id);
    audit(ctx, 'team.delete', { kind: 'team', id });
    ctx.afterCommit('rights changed');
  });
