/** What a route or verb can ask for. `public` is open to all, `signed-in` to every user. */
export type Permission =
  | 'public'
  | 'signed-in'
  | 'users.write'
  | 'settings.write'
  | 'mail.read'
  | 'mail.write'
  | 'contacts.write'
  | 'contacts.delete'
  | 'contacts.anonymize'
  | 'contacts.share'
  | 'pools.write'
  | 'vacancies.read'
  | 'vacancies.write'
  | 'vacancies.delete'
  | 'events.write'
  | 'events.delete'
  | 'eventSettings.write';

/** The union of what an actor's roles allow. */
export interface Rights {
  /** `self`: sees no user but itself. */
  users: 'write' | 'read' | 'self';
  settings: 'write' | 'none';
  /** `some`: its own, and those that a pool opens to it. */
  seesContacts: 'all' | 'some';
  /** Public pools open their contacts to it. */
  entersPublicPools: boolean;
  /** Pools that are shared with it open their contacts to it. */
  entersSharedPools: boolean;
  writesContacts: 'all' | 'own' | 'none';
  deletesContacts: boolean;
  anonymizesContacts: boolean;
  /** Sees confidential contacts that are not shared with it. */
  confidential: boolean;
  /** `given`: sees no pool but those that are shared with it. */
  pools: 'write' | 'read' | 'given';
  vacancies: 'delete' | 'write' | 'read' | 'none';
  events: 'delete' | 'write' | 'read';
  /** Defines the events' custom fields. */
  eventSettings: boolean;
  /** Super admins: nothing of the company is hidden from them. */
  everything: boolean;
}

const NOTHING: Rights = {
  users: 'self',
  settings: 'none',
  seesContacts: 'some',
  entersPublicPools: false,
  entersSharedPools: false,
  writesContacts: 'none',
  deletesContacts: false,
  anonymizesContacts: false,
  confidential: false,
  pools: 'given',
  vacancies: 'none',
  events: 'read',
  eventSettings: false,
  everything: false,
};
const STANDARD: Rights = {
  ...NOTHING,
  users: 'read',
  seesContacts: 'all',
  writesContacts: 'all',
  pools: 'write',
  vacancies: 'read',
};
const LIMITED: Rights = {
  ...NOTHING,
  users: 'read',
  entersPublicPools: true,
  writesContacts: 'own',
  pools: 'read',
  vacancies: 'read',
};
const RECRUITER: Rights = { ...STANDARD, pools: 'read', vacancies: 'write' };
const ADMIN: Rights = {
  ...STANDARD,
  settings: 'write',
  deletesContacts: true,
  anonymizesContacts: true,
  vacancies: 'delete',
  eventSettings: true,
};

/** The role table of docs/wire-rulings.md section 3. */
const TABLE = {
  super_admin: { ...ADMIN, users: 'write', events: 'delete', confidential: true, everything: true },
  admin: ADMIN,
  team_member: STANDARD,
  limited: LIMITED,
  marketing_admin: { ...STANDARD, anonymizesContacts: true, events: 'delete', eventSettings: true },
  marketing_team_member: { ...STANDARD, events: 'write' },
  marketing_limited: LIMITED,
  restricted: { ...NOTHING, entersSharedPools: true },
  confidential: { ...STANDARD, confidential: true },
  recruiter_team_member: RECRUITER,
  recruiter_confidential: { ...RECRUITER, confidential: true },
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
    entersPublicPools: most('entersPublicPools', true),
    entersSharedPools: most('entersSharedPools', true),
    writesContacts: most('writesContacts', 'all', 'own'),
    deletesContacts: most('deletesContacts', true),
    anonymizesContacts: most('anonymizesContacts', true),
    confidential: most('confidential', true),
    pools: most('pools', 'write', 'read'),
    vacancies: most('vacancies', 'delete', 'write', 'read'),
    events: most('events', 'delete', 'write'),
    eventSettings: most('eventSettings', true),
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
    case 'mail.write':
      return rights.everything;
    case 'settings.write':
      return rights.settings === 'write';
    case 'contacts.write':
      return rights.writesContacts !== 'none';
    case 'contacts.delete':
      return rights.deletesContacts;
    case 'contacts.anonymize':
      return rights.anonymizesContacts;
    case 'pools.write':
      return rights.pools === 'write';
    case 'vacancies.read':
      return rights.vacancies !== 'none';
    case 'vacancies.write':
      return rights.vacancies === 'write' || rights.vacancies === 'delete';
    case 'vacancies.delete':
      return rights.vacancies === 'delete';
    case 'events.write':
      return rights.events !== 'read';
    case 'events.delete':
      return rights.events === 'delete';
    case 'eventSettings.write':
      return rights.eventSettings;
  }
}
