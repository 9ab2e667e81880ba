import type { Actor } from '../identity/actor.ts';
import type { ColumnType } from '../platform/db/statement.ts';

/**
 * Which contacts an actor sees: the role table of docs/wire-rulings.md section 3, in SQL over `contact c`, from five
 * parameters that begin at `first`. It says nothing of deleted, anonymised or archived ones.
 */
export function visible(first: number): string {
  const [everything, all, confidential, user, grantees] = [0, 1, 2, 3, 4].map((step) => `$${first + step}`);
  return `(${everything}::bool or (
      (${all}::bool or c.assigned_to = ${user} or c.sourced_by = ${user})
      and case
        when c.shares_only then exists (
          select from contact_share s
          where s.company_id = c.company_id and s.contact_id = c.id and s.grantee_id = any (${grantees}))
        when c.confidential then ${confidential}::bool
        else true
      end))`;
}

export const VISIBILITY = ['bool', 'bool', 'bool', 'uuid', 'uuid[]'] as const satisfies ColumnType[];

/** The values for `visible`'s parameters. */
export function visibilityOf({
  rights,
  userId,
  teams,
}: Actor): [boolean, boolean, boolean, string, string[]] {
  return [rights.everything, rights.seesContacts === 'all', rights.confidential, userId, [userId, ...teams]];
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
