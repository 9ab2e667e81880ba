/** What a customer may do, from the most to the least. */
export const ACCOUNT_TYPES = ['owner', 'admin', 'recruiter', 'hiring-manager'] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];

/** Whether one type stands above another: each creates, changes and deletes only those below it. */
export function isAbove(one: AccountType, other: AccountType): boolean {
  return ACCOUNT_TYPES.indexOf(one) < ACCOUNT_TYPES.indexOf(other);
}

/** The types below one. */
export function typesBelow(type: AccountType): AccountType[] {
  return ACCOUNT_TYPES.filter((other) => isAbove(type, other));
}

/** Owners and admins look after the others' invitations, and import them. */
export function isAdministrator(type: AccountType): boolean {
  return type === 'owner' || type === 'admin';
}
