import { emailKey, parsedEmail } from '../identity/email.ts';
import { presentPartners } from '../identity/integrations.ts';
import { invalid } from '../platform/problem.ts';
import { parseMoment } from '../platform/time.ts';
import { trimmed } from '../platform/trimmed.ts';
import { changedConfidentiality } from './confidentiality.ts';
import type {
  Contact,
  CustomFieldEntry,
  Education,
  Entry,
  Experience,
  ListEntry,
  VacancyEntry,
} from './contact.ts';
import type { ContactInput } from './contact-input.ts';
import { MOST } from './contact-limits.ts';
import { primaryExperience, withIds } from './experience.ts';
import { isWebLink, linkKey } from './identity-keys.ts';
import { changedNames } from './names.ts';

/** What the input refers to, looked up; undefined where the input does not name it. */
export interface Resolved {
  customFields?: CustomFieldEntry[];
  globalTags?: Entry[];
  status?: Entry | null;
  lists?: ListEntry[];
  vacancies?: VacancyEntry[];
}

/**
 * The contact after a change, without regard to version and times. `adding`: emails, phone numbers, links, tags and
 * integrations join what is there, as an update through POST does. Throws a 400 that names the field.
 */
export function changedContact(
  before: Contact,
  input: ContactInput,
  resolved: Resolved,
  adding: boolean,
): Contact {
  const join = <T>(key: (value: T) => string, there: T[], given: T[] | null | undefined): T[] =>
    given === undefined ? there : unique(key, [...(adding ? there : []), ...(given ?? [])]);

  const emails = withPrimary(
    emailKey,
    join(emailKey, before.emails, input.emails?.map(parsedEmail) ?? input.emails),
    before.primaryEmail,
    input.primaryEmail,
  );
  const phones = withPrimary(
    phoneKey,
    join(
      phoneKey,
      before.phoneNumbers,
      input.phoneNumbers?.map((phone, index) => trimmed(`phoneNumbers[${index}]`, phone)) ??
        input.phoneNumbers,
    ),
    before.primaryPhoneNumber,
    input.primaryPhoneNumber && trimmed('primaryPhoneNumber', input.primaryPhoneNumber),
  );
  input.links?.forEach((link, index) => {
    if (!isWebLink(trimmed(`links[${index}]`, link)))
      throw invalid(`links[${index}]`, 'must be a web address');
  });
  const experience =
    input.experience === undefined
      ? before.experience
      : withIds<Experience>(before.experience, input.experience);
  const primary = primaryExperience(experience);
  const names = changedNames(before, input);
  const {
    firstName: _f,
    middleNames: _m,
    lastName: _l,
    fullName: _n,
    primaryExperience: _p,
    ...kept
  } = before;

  const after = withoutUndefined({
    ...kept,
    ...names,
    emails: emails.all,
    primaryEmail: emails.primary,
    phoneNumbers: phones.all,
    primaryPhoneNumber: phones.primary,
    links: join(linkKey, before.links, input.links),
    location: input.location === undefined ? before.location : locationOf(input.location),
    experience,
    primaryExperience: primary,
    education:
      input.education === undefined
        ? before.education
        : withIds<Education>(before.education, input.education),
    skills:
      input.skills === undefined ? before.skills : unique((skill) => skill.toLowerCase(), input.skills ?? []),
    languages: input.languages === undefined ? before.languages : (input.languages ?? []).map(withoutNulls),
    customFields: resolved.customFields ?? before.customFields,
    globalTags: join((tag) => tag.id, before.globalTags, resolved.globalTags),
    lists: resolved.lists ?? before.lists,
    vacancies: resolved.vacancies ?? before.vacancies,
    status: resolved.status === undefined ? before.status : (resolved.status ?? undefined),
    integrations:
      input.integrations === undefined
        ? before.integrations
        : { ...(adding ? before.integrations : {}), ...presentPartners(input.integrations) },
    assignedTo: input.assignedTo === undefined ? before.assignedTo : input.assignedTo?.toLowerCase(),
    sourcedBy: input.sourcedBy === undefined ? before.sourcedBy : input.sourcedBy?.toLowerCase(),
    ...changedConfidentiality(before, input),
    doNotContact: input.doNotContact === undefined ? before.doNotContact : (input.doNotContact ?? false),
    gdprConsent: input.gdprConsent === undefined ? before.gdprConsent : (input.gdprConsent ?? undefined),
    gdprConsentDate:
      input.gdprConsentDate === undefined
        ? before.gdprConsentDate
        : input.gdprConsentDate === null
          ? undefined
          : parseMoment(input.gdprConsentDate),
    creationSource:
      input.creationSource === undefined
        ? before.creationSource
        : input.creationSource === null
          ? undefined
          : withoutNulls(input.creationSource),
  } as Contact);
  for (const [name, most] of Object.entries(MOST)) {
    const { length } = after[name as keyof typeof MOST];
    if (length > most)
      throw invalid(name, `must have at most ${most} entries; the contact would have ${length}`);
  }
  return after;
}

/** The list with its primary entry, which is the first where nothing says otherwise; an unknown primary joins the list. */
function withPrimary(
  key: (value: string) => string,
  all: string[],
  before: string | undefined,
  given: string | null | undefined,
): { all: string[]; primary: string | undefined } {
  const wanted = given === undefined ? before : (given?.trim() ?? undefined);
  if (wanted === undefined) return { all, primary: all[0] };
  const there = all.find((value) => key(value) === key(wanted));
  if (there !== undefined) return { all, primary: there };
  return given ? { all: [wanted, ...all], primary: wanted } : { all, primary: all[0] };
}

function phoneKey(phone: string): string {
  return phone.replace(/[\s().-]/g, '') || phone;
}

/** The first of each key, in order. */
function unique<T>(key: (value: T) => string, values: T[]): T[] {
  const seen = new Set<string>();
  return values.filter((value) => !seen.has(key(value)) && seen.add(key(value)));
}

function locationOf(input: Record<string, unknown> | null): Record<string, unknown> | undefined {
  const set = input ? withoutNulls(input) : {};
  return Object.keys(set).length > 0 ? set : undefined;
}

function withoutNulls<T extends object>(value: T): Record<string, string> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}
