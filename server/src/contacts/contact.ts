import type { StoredIntegrations } from '../identity/integrations.ts';
import { Problem } from '../platform/problem.ts';
import { LARGEST_CONTACT } from './contact-limits.ts';

export interface Entry {
  id: string;
  value: string;
}

/** A pool that the contact is in. */
export interface ListEntry {
  id: string;
  name: string;
}

/** A vacancy that the contact is on. */
export interface VacancyEntry {
  id: string;
  /** Its title. */
  value: string;
  priority?: string;
  stage: Entry;
}

export interface Experience {
  id: string;
  current?: boolean;
  organisationName?: string;
  role?: string;
  description?: string;
  startDate?: string;
  endDate?: string;
}

export interface Education {
  id: string;
  current?: boolean;
  organisationName?: string;
  degree?: string;
  major?: string;
  program?: string;
  grade?: string;
  startDate?: string;
  endDate?: string;
}

export type CustomFieldValue = string | number | boolean;

export interface CustomFieldEntry {
  id: string;
  name: string;
  displayName: string;
  displayValue: string;
  value?: CustomFieldValue;
  values?: string[];
  visibleTo: string[];
}

export interface Confidentiality {
  mode: 'all-confidentials' | 'shares-only';
  shares: { teams: string[]; users: string[] };
}

/** A contact as the API answers it, which is also how it is kept: collections always there, unset scalars left out. */
export interface Contact {
  id: string;
  version: number;
  updatedTime: string;
  assignedTo?: string;
  sourcedBy?: string;
  createdTime: string;
  archivedAt?: string;
  firstName?: string;
  middleNames: string[];
  lastName?: string;
  fullName?: string;
  emails: string[];
  primaryEmail?: string;
  phoneNumbers: string[];
  primaryPhoneNumber?: string;
  links: string[];
  location?: Record<string, unknown>;
  experience: Experience[];
  primaryExperience?: Experience;
  education: Education[];
  skills: string[];
  languages: Record<string, string>[];
  customFields: CustomFieldEntry[];
  globalTags: Entry[];
  status?: Entry;
  lists: ListEntry[];
  vacancies: VacancyEntry[];
  integrations: StoredIntegrations;
  confidential: boolean;
  confidentiality: Confidentiality;
  doNotContact: boolean;
  gdprConsent?: boolean;
  gdprConsentDate?: string;
  creationSource?: { id?: string; value?: string };
}

/**
 * The JSON text that is kept and answered. id, version, updatedTime, assignedTo, sourcedBy and createdTime come first, in
 * this order: release-user.ts rewrites that head in SQL, wireWithout leaves times out of it.
 */
export function wireOf(contact: Contact): string {
  const { id, version, updatedTime, assignedTo, sourcedBy, createdTime, ...rest } = contact;
  return JSON.stringify({ id, version, updatedTime, assignedTo, sourcedBy, createdTime, ...rest });
}

/** The text to keep of a contact that changed; a 400 where it would be too large. */
export function boundedWireOf(contact: Contact): string {
  const wire = wireOf(contact);
  const bytes = Buffer.byteLength(wire);
  if (bytes > LARGEST_CONTACT) {
    throw new Problem(
      400,
      `body: a contact takes at most ${LARGEST_CONTACT} bytes; ${contact.id} would take ${bytes}`,
    );
  }
  return wire;
}

/** A moment's text, for one that is not known yet. */
const SOME_MOMENT = '0000-00-00T00:00:00.000Z';

/**
 * The text to keep, in pieces: what comes before, between and behind times that the database puts in, in the order of the
 * text. A 400 where it would be too large.
 */
export function wireWithout(
  contact: Omit<Contact, 'updatedTime' | 'createdTime'> & Partial<Contact>,
  times: readonly ('updatedTime' | 'createdTime')[],
): string[] {
  const unknown = Object.fromEntries(times.map((time) => [time, SOME_MOMENT]));
  let rest = boundedWireOf({ ...contact, ...unknown } as Contact);
  const pieces = times.map((time) => {
    const name = `"${time}":"`;
    // Nothing that comes before can hold this: ids, a number, a time.
    const end = rest.indexOf(name) + name.length;
    const piece = rest.slice(0, end);
    rest = rest.slice(end + SOME_MOMENT.length);
    return piece;
  });
  return [...pieces, rest];
}

/** The ids of everything the contact spells out that can be renamed elsewhere. */
export function referencesOf(contact: Contact): string[] {
  return [
    ...contact.globalTags.map((tag) => tag.id),
    ...contact.customFields.map((field) => field.id),
    ...contact.lists.map((list) => list.id),
    ...contact.vacancies.map((vacancy) => vacancy.id),
    ...(contact.status ? [contact.status.id] : []),
  ];
}

export function blankContact(id: string): Contact {
  return {
    id,
    version: 0,
    updatedTime: '',
    createdTime: '',
    middleNames: [],
    emails: [],
    phoneNumbers: [],
    links: [],
    experience: [],
    education: [],
    skills: [],
    languages: [],
    customFields: [],
    globalTags: [],
    lists: [],
    vacancies: [],
    integrations: {},
    confidential: false,
    confidentiality: { mode: 'all-confidentials', shares: { teams: [], users: [] } },
    doNotContact: false,
  };
}
