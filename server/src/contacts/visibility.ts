import type { Actor } from '../identity/actor.ts';
import type { ColumnType } from '../platform/db/statement.ts';

/**
 * Which contacts an actor sees: the role table of docs/wire-rulings.md section 3, in SQL over `contact c` of the company
 * at $1, from seven parameters that begin at `first`. It says nothing of deleted, anonymised or archived ones.
 */
export function visible(first: number): string {
  const [everything, all, inPublic, inShared, confidential, user, grantees] = numbered(first);
  return `(${everything}::bool or (
      (${all}::bool or c.assigned_to = ${user} or c.sourced_by = ${user}
        or (${inPublic}::bool or ${inShared}::bool) and exists (
          select from pool_member m join pool p on p.company_id = $1 and p.id = m.pool_id
          where m.company_id = $1 and m.contact_id = c.id
            and (p.public and ${inPublic}::bool
              or ${inShared}::bool and p.id in (${sharedPools(user!, grantees!)})) ${NOT_HASHED}))
      and case
        when c.shares_only then exists (
          select from contact_share s
          where s.company_id = c.company_id and s.contact_id = c.id and s.grantee_id = any (${grantees}))
        when c.confidential then ${confidential}::bool
        else true
      end))`;
}

/**
 * Keeps a subquery tied to its contact. Without it PostgreSQL may read every membership of a company into a hash, once a
 * statement, to answer for one contact.
 */
const NOT_HASHED = 'offset 0';

/** The ids of the pools, in the company at $1, that are shared with the user or one of the grantees; both are SQL. */
export function sharedPools(user: string, grantees: string): string {
  return `select u.pool_id as id from pool_user u where u.company_id = $1 and u.account_id = ${user}
          union all select t.pool_id from pool_team t where t.company_id = $1 and t.team_id = any (${grantees})`;
}

/**
 * The ids of what a contact spells out that are not for the reader as their kind is, from the parameters of SIGHT that
 * begin at `first`; null = none. Custom fields are shown but these, of which a deleted one is hidden until no contact
 * carries it any more; to a reader of given pools, pools are hidden but these.
 */
export function exceptedIds(first: number): string {
  const [everything, , , , , user, grantees, roles, allPools] = numbered(first);
  return `case when not ${everything}::bool then (
    select array_agg(v.id) from (
      select f.id from contact_custom_field f
      where f.company_id = $1 and cardinality(f.visible_to) > 0 and not f.visible_to && ${roles}
      union all select g.id from contact_custom_field_gone g
      where g.company_id = $1 and cardinality(g.visible_to) > 0 and not g.visible_to && ${roles}
      union all select s.id from (${sharedPools(user!, grantees!)}) s where not ${allPools}::bool) v) end`;
}

export const VISIBILITY = [
  'bool',
  'bool',
  'bool',
  'bool',
  'bool',
  'uuid',
  'uuid[]',
] as const satisfies ColumnType[];
/** What `exceptedIds` needs: the parameters of `visible`, the roles, whether every pool is seen. */
export const SIGHT = [...VISIBILITY, 'text[]', 'bool'] as const satisfies ColumnType[];

/** The values for `visible`'s parameters. */
export function visibilityOf({
  rights,
  userId,
  teams,
}: Actor): [boolean, boolean, boolean, boolean, boolean, string, string[]] {
  return [
    rights.everything,
    rights.seesContacts === 'all',
    rights.entersPublicPools,
    rights.entersSharedPools,
    rights.confidential,
    userId,
    [userId, ...teams],
  ];
}

/** The values for the parameters of SIGHT. */
export function sightOf(actor: Actor): [...ReturnType<typeof visibilityOf>, string[], boolean] {
  return [...visibilityOf(actor), actor.roles, actor.rights.pools !== 'given'];
}

function numbered(first: number): string[] {
  return SIGHT.map((_, step) => `$${first + step}`);
}

/** Whether the actor may change a contact that it sees. */
export function mayWrite({ rights, userId }: Actor, contact: Ownership): boolean {
  return rights.writesContacts === 'all' || (rights.writesContacts === 'own' && owns(userId, contact));
}

/** Whether the actor may change whom a contact that it sees is shared with. */
export function mayShare({ rights, userId }: Actor, contact: Ownership): boolean {
  return rights.everything || owns(userId, contact);
}

export interface Ownership {
  assignedTo?: string | undefined;
  sourcedBy?: string | undefined;
}

function owns(userId: string, contact: Ownership): boolean {
  return contact.assignedTo === userId || contact.sourcedBy === userId;
}
