import type { IntegrationsInput } from '../identity/integrations.ts';
import type { CustomFieldInput } from './custom-field-values.ts';
import type { NamesInput } from './names.ts';

type Item = { id?: string | null } & Record<string, unknown>;

/** What a client says of a contact: absent = as it is, null = cleared. */
export interface ContactInput extends NamesInput {
  emails?: string[] | null;
  primaryEmail?: string | null;
  phoneNumbers?: string[] | null;
  primaryPhoneNumber?: string | null;
  links?: string[] | null;
  location?: Record<string, unknown> | null;
  experience?: Item[] | null;
  education?: Item[] | null;
  skills?: string[] | null;
  languages?: { languageCode?: string | null; value?: string | null }[] | null;
  customFields?: CustomFieldInput[] | null;
  globalTags?: { id?: string | null; value?: string | null }[] | null;
  status?: { id?: string | null; value?: string | null } | null;
  lists?: ListInput[] | null;
  vacancies?: VacancyInput[] | null;
  integrations?: IntegrationsInput | null;
  assignedTo?: string | null;
  sourcedBy?: string | null;
  confidential?: boolean | null;
  confidentiality?: ConfidentialityInput | null;
  doNotContact?: boolean | null;
  gdprConsent?: boolean | null;
  gdprConsentDate?: string | null;
  createdTime?: string | null;
  creationSource?: { id?: string | null; value?: string | null } | null;
}

/** A pool, by its id. */
export interface ListInput {
  id: string;
}

/** A vacancy, by its id or hash_id, and where on it; absent = as it is, or the first stage; null = cleared. */
export interface VacancyInput extends StandingInput {
  id: string;
}

export interface StandingInput {
  /** `date`: when the contact came to the stage; now unless given. */
  stage?: { id: string; date?: string | null } | null;
  priority?: string | null;
  rejectionReason?: { id?: string | null; value?: string | null; date?: string | null } | null;
}

export interface ConfidentialityInput {
  mode?: 'all-confidentials' | 'shares-only';
  shares?: { teams?: string[]; users?: string[] };
}
