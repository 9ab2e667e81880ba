/** What a route or verb can ask for. `public` is open to all, `signed-in` to every user. */
export type Permission =
  | 'public'
  | 'signed-in'
  | 'users.write'
  | 'settings.write'
  | 'mail.read'
  | 'contacts.write'
  | 'contacts.delete'
  | 'contacts.anonymize'
  | 'contacts.share';

/** The union of what an actor's roles allow. */
export interface Rights {
  /** `self`: sees no user but itself. */
  users: 'write' | 'read' | 'self';
  settings: 'write' | 'none';
  /** `some`: its own, and those that a pool opens to it. */
  seesContacts: 'all' | 'some';
  writesContacts: 'all' | 'own' | 'none';
  deletesContacts: boolean;
  anonymizesContacts: boolean;
  /** Sees confidential contacts that are not shared with it. */
  confidential: boolean;
  /** Super admins: nothing of the company is hidden from them. */
  everything: boolean;
}

const NOTHING: Rights = {
  users: 'self',
  settings: 'none',
  seesContacts: 'some',
  writesContacts: 'none',
  deletesContacts: false,
  anonymizesContacts: false,
  confidential: false,
  everything: false,
};
const STANDARD: Rights = { ...NOTHING, users: 'read', seesContacts: 'all', writesContacts: 'all' };
const LIMITED: Rights = { ...NOTHING, users: 'read', writesContacts: 'own' };
const ADMIN: Rights = {
  ...STANDARD,
  settings: 'write',
  deletesContacts: true,
  anonymizesContacts: true,
};

/** The role table of docs/wire-rulings.md section 3. */
const TABLE = {
  super_admin: { ...ADMIN, users: 'write', confidential: true, everything: true },
  admin: ADMIN,
  team_member: STANDARD,
  limited: LIMITED,
  marketing_admin: { ...STANDARD, anonymizesContacts: true },
  marketing_team_member: STANDARD,
  marketing_limited: LIMITED,
  restricted: NOTHING,
  confidential: { ...STANDARD, confidential: true },
  recruiter_team_member: STANDARD,
  recruiter_confidential: { ...STANDARD, confidential: true },
} as const satisfies Record<string, Rights>;

export type Role = keyof typeof TABLE;
export const ROLES = Object.keys(TABLE) as [Role, ...Role[]];

/** What several roles allow together. An unknown role allows nothing. */
export function rightsOf(roles: readonly string[]): Rights {
  const held = roles.flatMap((role): Rights[] => (Object.hasOwn(TABLE, role) ? [TABLE[role as Role]] : []));
  const most = <K extends keyof Rights>(key: K, ...order: Rights[K][]): Rights[K] =>
    order.find((value) => held.some((rights) => rights[key] === value)) ?? NOTHING[key];
  return {
    users: most('users', 'write', 'read'),
    settings: most('settings', 'write'),
    seesContacts: most('seesContacts', 'all'),
    writesContacts: most('writesContacts', 'all', 'own'),
    deletesContacts: most('deletesContacts', true),
    anonymizesContacts: most('anonymizesContacts', true),
    confidential: most('confidential', true),
    everything: most('everything', true),
  };
}

/** Whether the rights reach a permission at all; a record can narrow it further. */
export function allows(rights: Rights, permission: Permission): boolean {
  switch (permission) {
    case 'public':
    case 'signed-in':
    case 'contacts.share':
      return true;
    case 'users.write':
      return rights.users === 'write';
    case 'mail.read':
      return rights.everything;
    case 'settings.write':
      return rights.settings === 'write';
    case 'contacts.write':
      return rights.writesContacts !== 'none';
    case 'contacts.delete':
      return rights.deletesContacts;
    case 'contacts.anonymize':
      return rights.anonymizesContacts;
  }
}
