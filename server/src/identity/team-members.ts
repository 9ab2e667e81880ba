import { invalid } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { usersAmongIds } from './team-store.ts';
import type { Ctx } from './verbs.ts';

/** The users that these ids name, each once; a 400 names the first that is no user of the company. */
export async function requireMembers(ctx: Ctx, members: readonly string[]): Promise<string[]> {
  const ids = members.map((member) => member.toLowerCase());
  const users = await usersAmongIds(ctx.sql, ctx.actor.companyId, ids.filter(isUuid));
  const stranger = ids.findIndex((member) => !users.has(member));
  if (stranger >= 0) throw invalid(`members[${stranger}]`, 'must be the id of a user');
  return [...users];
}
