import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';

const TEAM = { id: 'uuid', name: 'text', members: 'uuid[]' } as const;
// $2 narrows teams and members to one user's.
const COLUMNS = `t.id, t.name, array(
      select m.account_id from team_member m
      where m.company_id = $1 and m.team_id = t.id and ($2::uuid is null or m.account_id = $2)
      order by m.account_id
    ) as members`;
const SEEN = `($2::uuid is null or exists (
      select from team_member m where m.company_id = $1 and m.team_id = t.id and m.account_id = $2
    ))`;

const byId = statement({
  name: 'team.by-id',
  text: `select ${COLUMNS} from team t where t.company_id = $1 and ${SEEN} and t.id = $3`,
  parameters: ['int4', 'uuid?', 'uuid'],
  row: TEAM,
});

const idOfName = statement({
  name: 'team.id-of-name',
  text: 'select t.id from team t where t.company_id = $1 and lower(t.name) = lower($2)',
  parameters: ['int4', 'text'],
  row: { id: 'uuid' },
});

const page = statement({
  name: 'team.page',
  text: `
    select ${COLUMNS} from team t where t.company_id = $1 and ${SEEN}
    order by t.created_at, t.id limit $3 offset $4`,
  parameters: ['int4', 'uuid?', 'int4', 'int4'],
  row: TEAM,
});

const count = statement({
  name: 'team.count',
  text: `select count(*) as total from team t where t.company_id = $1 and ${SEEN}`,
  parameters: ['int4', 'uuid?'],
  row: { total: 'int8' },
});

const lock = statement({
  name: 'team.lock',
  text: 'select t.id from team t where t.company_id = $1 and t.id = $2 for update',
  parameters: ['int4', 'uuid'],
  row: { id: 'uuid' },
});

const insert = statement({
  name: 'team.insert',
  text: 'insert into team (company_id, id, name) values ($1, $2, $3)',
  parameters: ['int4', 'uuid', 'text'],
});

const rename = statement({
  name: 'team.rename',
  text: 'update team t set name = $3 where t.company_id = $1 and t.id = $2',
  parameters: ['int4', 'uuid', 'text'],
});

const remove = statement({
  name: 'team.remove',
  text: 'delete from team t where t.company_id = $1 and t.id = $2',
  parameters: ['int4', 'uuid'],
});

const usersAmong = statement({
  name: 'team.users-among',
  text: 'select u.account_id from crm_user u where u.company_id = $1 and u.account_id = any ($2::uuid[])',
  parameters: ['int4', 'uuid[]'],
  row: { account_id: 'uuid' },
});

const dropMembers = statement({
  name: 'team.drop-members',
  text: 'delete from team_member m where m.company_id = $1 and m.team_id = $2',
  parameters: ['int4', 'uuid'],
});

const insertMembers = statement({
  name: 'team.insert-members',
  text: `
    insert into team_member (company_id, team_id, account_id)
    select $1, $2, w.account_id from unnest($3::uuid[]) as w(account_id)`,
  parameters: ['int4', 'uuid', 'uuid[]'],
});

export interface TeamRow {
  id: string;
  name: string;
  members: string[];
}

/** `only` narrows to one user: the teams it is a member of, and itself among the members. */
export async function findTeam(
  sql: Sql,
  companyId: number,
  id: string,
  only: string | null,
): Promise<TeamRow | undefined> {
  return (await sql.run(byId, [companyId, only, id]))[0];
}

/** Compared without regard to case. */
export async function teamIdOfName(sql: Sql, companyId: number, name: string): Promise<string | undefined> {
  return (await sql.run(idOfName, [companyId, name]))[0]?.id;
}

/** Oldest first; `only` as in findTeam. */
export async function listTeams(
  sql: Sql,
  companyId: number,
  { only, limit, offset }: { only: string | null; limit: number; offset: number },
): Promise<{ teams: TeamRow[]; totalCount: number }> {
  const [teams, [counted]] = await Promise.all([
    sql.run(page, [companyId, only, limit, offset]),
    sql.run(count, [companyId, only]),
  ]);
  return { teams, totalCount: counted!.total };
}

/** Holds the team's row until the transaction ends; false when there is none. */
export async function lockTeam(sql: Sql, companyId: number, id: string): Promise<boolean> {
  return (await sql.run(lock, [companyId, id])).length > 0;
}

export async function insertTeam(sql: Sql, companyId: number, team: TeamRow): Promise<void> {
  await sql.run(insert, [companyId, team.id, team.name]);
  await sql.run(insertMembers, [companyId, team.id, team.members]);
}

export async function renameTeam(sql: Sql, companyId: number, id: string, name: string): Promise<void> {
  await sql.run(rename, [companyId, id, name]);
}

export async function replaceMembers(
  sql: Sql,
  companyId: number,
  id: string,
  members: string[],
): Promise<void> {
  await sql.run(dropMembers, [companyId, id]);
  await sql.run(insertMembers, [companyId, id, members]);
}

/** Which of these ids are users of the company. */
export async function usersAmongIds(sql: Sql, companyId: number, ids: string[]): Promise<Set<string>> {
  return new Set((await sql.run(usersAmong, [companyId, ids])).map((row) => row.account_id));
}

/** Its memberships go with it. */
export async function removeTeam(sql: Sql, companyId: number, id: string): Promise<void> {
  await sql.run(remove, [companyId, id]);
}
