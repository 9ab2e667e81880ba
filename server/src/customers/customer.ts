import type { AccountType } from './account-types.ts';

/** How a customer stands: invited until the link of the invitation was used, deactivated by an import or a change. */
export const STATUSES = ['invited', 'confirmed', 'deactivated'] as const;
export type Status = (typeof STATUSES)[number];

/** A customer with what its account says of the person. Moments are ISO 8601 UTC. */
export interface Customer {
  accountId: string;
  /** Its id under /api/v3, within the company. */
  number: number;
  username: string;
  email: string;
  accountType: AccountType;
  active: boolean;
  status: Status;
  firstName: string;
  lastName: string;
  position: string | null;
  phone: string;
  gender: string;
  role: string;
  preferredLanguage: string;
  receivesNotifications: boolean;
  seenWelcome: boolean;
  invitedAt: string | null;
  confirmedAt: string | null;
  /** The number of the customer that made it, where that one is still there. */
  createdBy: number | null;
  /** Names the invitation in force, and opens nothing. */
  activationKey: string | null;
  /** Where the photo is kept. */
  photo: { key: string; type: string } | null;
}

/** What a client says of a customer: absent = as it is, null = cleared. */
export interface CustomerInput {
  email?: string;
  username?: string;
  account_type?: AccountType;
  first_name?: string | null;
  last_name?: string | null;
  position?: string | null;
  phone?: string | null;
  gender?: string | null;
  role?: string | null;
  preferred_language?: string | null;
  receive_interview_notifications?: FormBoolean | null;
  seen_welcome?: FormBoolean | null;
  is_active?: FormBoolean;
}

/** Booleans as text, where nothing else is to be had: in addresses and forms. */
export const BOOLEAN_TEXTS = ['true', 'false', 'True', 'False', '1', '0'] as const;
export const FORM_BOOLEANS = [true, false, ...BOOLEAN_TEXTS] as const;
export type FormBoolean = (typeof FORM_BOOLEANS)[number];

/** The customer after a change, its email and username apart. */
export function changedCustomer(before: Customer, input: CustomerInput): Customer {
  const text = (given: string | null | undefined, kept: string) =>
    given === undefined ? kept : (given?.trim() ?? '');
  const flag = (given: FormBoolean | null | undefined, kept: boolean, usual: boolean) =>
    given === undefined ? kept : given === null ? usual : isTrue(given);
  return {
    ...before,
    accountType: input.account_type ?? before.accountType,
    firstName: text(input.first_name, before.firstName),
    lastName: text(input.last_name, before.lastName),
    position: input.position === undefined ? before.position : input.position?.trim() || null,
    phone: text(input.phone, before.phone),
    gender: text(input.gender, before.gender),
    role: text(input.role, before.role),
    preferredLanguage: text(input.preferred_language, before.preferredLanguage) || 'en',
    receivesNotifications: flag(input.receive_interview_notifications, before.receivesNotifications, true),
    seenWelcome: flag(input.seen_welcome, before.seenWelcome, false),
    ...activity(before, input.is_active),
  };
}

/** Deactivated and back: whoever never used an invitation is invited again. */
function activity(before: Customer, given: FormBoolean | undefined): Pick<Customer, 'active' | 'status'> {
  const active = given === undefined ? before.active : isTrue(given);
  if (active === before.active) return { active, status: before.status };
  if (!active) return { active, status: 'deactivated' };
  return { active, status: before.confirmedAt === null ? 'invited' : 'confirmed' };
}

export function isTrue(given: FormBoolean): boolean {
  return given === true || given === 'true' || given === 'True' || given === '1';
}

/** A customer that was not there, before what its input says. */
export function blankCustomer(accountId: string, number: number, username: string, email: string): Customer {
  return {
    accountId,
    number,
    username,
    email,
    accountType: 'hiring-manager',
    active: true,
    status: 'invited',
    firstName: '',
    lastName: '',
    position: null,
    phone: '',
    gender: '',
    role: '',
    preferredLanguage: 'en',
    receivesNotifications: true,
    seenWelcome: false,
    invitedAt: null,
    confirmedAt: null,
    createdBy: null,
    activationKey: null,
    photo: null,
  };
}
