import type { Company } from '../../identity/company-store.ts';
import { isAdministrator } from '../account-types.ts';
import type { Customer } from '../customer.ts';
import type { CustomerActor } from '../customer-actor.ts';
import type { PhotoLinks } from '../photos/photo-links.ts';

/** What answers of /api/v3 are made of: absolute addresses that can be followed. */
export interface References {
  company(companyId: number): string;
  customer(companyId: number, number: number): string;
  customUser(number: number): string;
  /** Empty without a photo. */
  photo(reader: CustomerActor, customer: Customer): string;
}

export function referencesAt(publicUrl: string, links: PhotoLinks): References {
  const root = `${publicUrl}/api/v3`;
  const company = (companyId: number) => `${root}/companies/${companyId}/`;
  const customer = (companyId: number, number: number) => `${company(companyId)}customers/${number}/`;
  return {
    company,
    customer,
    customUser: (number) => `${root}/customusers/${number}/`,
    photo: (reader, { number, photo }) =>
      photo ? `${customer(reader.companyId, number)}photo/${links.issue(reader, number, photo.key)}/` : '',
  };
}

/** The customer as /api/v3 answers it to a reader. */
export function customerWire(references: References, reader: CustomerActor, customer: Customer) {
  const { companyId } = reader;
  const uri = references.customer(companyId, customer.number);
  return {
    resource_uri: uri,
    company: references.company(companyId),
    user: references.customUser(customer.number),
    username: customer.username,
    email: customer.email,
    account_type: customer.accountType,
    status: customer.status,
    is_active: customer.active,
    first_name: customer.firstName,
    last_name: customer.lastName,
    gender: customer.gender,
    position: customer.position,
    phone: customer.phone,
    role: customer.role,
    preferred_language: customer.preferredLanguage,
    receive_interview_notifications: customer.receivesNotifications,
    seen_welcome: customer.seenWelcome,
    photo: references.photo(reader, customer),
    invitationdate: seconds(customer.invitedAt),
    confirmationdate: seconds(customer.confirmedAt),
    created_by: customer.createdBy === null ? null : references.customUser(customer.createdBy),
    projects: `${uri}projects/`,
    ...(isAdministrator(reader.accountType) ? { activation_key: customer.activationKey ?? '' } : {}),
  };
}

/** The account behind it. */
export function customUserWire(references: References, reader: CustomerActor, customer: Customer) {
  return {
    resource_uri: references.customUser(customer.number),
    username: customer.username,
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    is_active: customer.active,
    customer: references.customer(reader.companyId, customer.number),
  };
}

export function companyWire(references: References, { id, identifier, name, timezone }: Company) {
  const uri = references.company(id);
  return { resource_uri: uri, id, identifier, name, timezone, customers: `${uri}customers/` };
}

/** To the second, as the published examples have it. */
function seconds(moment: string | null): string | null {
  return moment === null ? null : moment.replace(/\.\d+Z$/, 'Z');
}
