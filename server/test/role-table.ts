import { readFileSync } from 'node:fs';
import { ROLES, type Role } from '../src/identity/permissions.ts';

/** A kind of record in one relation to the user, such as `contact` and `its own`, and who sees it. */
export interface Sight {
  kind: string;
  which: string;
  seenBy: ReadonlySet<Role>;
}

/** What a route answers: to a request without a token, and to each role. */
export interface Rule {
  /** `GET /v1/user/{userid}` */
  route: string;
  /** The kind of record that its path is about, if any. */
  about: string | undefined;
  anyone: string;
  roles: ReadonlyMap<Role, string>;
}

/** The two tables of role-table.md. */
export function readRoleTable(): { sights: Sight[]; rules: Rule[] } {
  const [sees, may] = tablesOf('role-table.md').map(([head, , ...rows]) => ({
    columns: head!.map(roleOf),
    rows,
  }));
  return {
    sights: sees!.rows.map((row) => {
      const [kind, which] = row[0]!.split(': ');
      const seen = sees!.columns.filter((role, index) => role && row[index] === 'sees');
      return { kind: kind!, which: which!, seenBy: new Set(seen as Role[]) };
    }),
    rules: may!.rows.map((row) => ({
      route: row[0]!,
      about: row[1] === '-' ? undefined : row[1]!,
      anyone: row[2]!,
      roles: new Map(may!.columns.flatMap((role, index) => (role ? [[role, row[index]!] as const] : []))),
    })),
  };
}

/** The cells of a page's tables, by table and row, with their heads. */
export function tablesOf(page: string): string[][][] {
  return readFileSync(new URL(page, import.meta.url), 'utf8')
    .split(/\n\n+/)
    .filter((block) => block.startsWith('|'))
    .map((block) => block.trim().split('\n').map(cells));
}

function cells(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** The role that a column's title is short for; undefined for the columns before the roles. */
function roleOf(title: string): Role | undefined {
  const long = title
    .replace(/^m\./, 'marketing_')
    .replace(/^r\./, 'recruiter_')
    .replace(/^super$/, 'super_admin')
    .replace(/\bteam$|(?<=_)team$/, 'team_member')
    .replace(/\bltd$|(?<=_)ltd$/, 'limited')
    .replace(/\bconf$|(?<=_)conf$/, 'confidential');
  return ROLES.find((role) => role === long);
}
