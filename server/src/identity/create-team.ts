import { audit } from '../platform/audit/audit.ts';
import { conflict } from '../platform/problem.ts';
import { trimmed } from '../platform/trimmed.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { requireTeam } from './find-team.ts';
import { requireMembers } from './team-members.ts';
import { insertTeam, teamIdOfName } from './team-store.ts';
import { command } from './verbs.ts';

/** A team of users. 400 for a member that is no user, 409 for a name that is taken, whatever its case. */
export const createTeam = command(
  'settings.write',
  async (ctx, input: { name: string; members?: string[] }) => {
    const { companyId } = ctx.actor;
    const name = trimmed('name', input.name);
    const members = await requireMembers(ctx, input.members ?? []);
    if (await teamIdOfName(ctx.sql, companyId, name)) throw teamNameTaken();
    const id = uuidv7();
    await insertTeam(ctx.sql, companyId, { id, name, members });
    audit(ctx, 'team.create', { kind: 'team', id }, Object.keys(input));
    ctx.afterCommit('rights changed');
    return requireTeam(ctx, id);
  },
);

export function teamNameTaken(): Error {
  return conflict('name: is already the name of a team');
}
