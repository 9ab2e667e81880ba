import { parsedEmail } from './email.ts';
import { type IntegrationsInput, presentPartners, type StoredIntegrations } from './integrations.ts';

/** A user as a store's row. */
export interface UserRow {
  id: string;
  email: string;
  first_name: string | null;
  last_name: string | null;
  position: string | null;
  allow_sso: boolean;
  from_emails: string[];
  integrations: unknown;
}

/** What a client may say of a user; absent = as it is, null = cleared. */
export interface UserInput {
  email?: string;
  password?: string;
  firstName?: string | null;
  lastName?: string | null;
  position?: string | null;
  allowSSO?: boolean;
  fromEmails?: string[];
  integrations?: IntegrationsInput | null;
}

/** The user as /v1 answers it: what is unset is left out, a password never appears. */
export function userWire(row: UserRow): object {
  return {
    id: row.id,
    email: row.email,
    ...(row.first_name === null ? {} : { firstName: row.first_name }),
    ...(row.last_name === null ? {} : { lastName: row.last_name }),
    ...(row.position === null ? {} : { position: row.position }),
    allowSSO: row.allow_sso,
    fromEmails: row.from_emails,
    integrations: row.integrations,
  };
}

/** The row that a change of `current` leads to. */
export function changedUser(
  current: UserRow,
  input: UserInput,
): UserRow & { integrations: StoredIntegrations } {
  return {
    id: current.id,
    email: input.email === undefined ? current.email : parsedEmail(input.email),
    first_name: input.firstName === undefined ? current.first_name : input.firstName,
    last_name: input.lastName === undefined ? current.last_name : input.lastName,
    position: input.position === undefined ? current.position : input.position,
    allow_sso: input.allowSSO ?? current.allow_sso,
    from_emails: input.fromEmails ?? current.from_emails,
    integrations:
      input.integrations === undefined
        ? (current.integrations as StoredIntegrations)
        : presentPartners(input.integrations),
  };
}
