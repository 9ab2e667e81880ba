import type { Ctx } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { changedContact, type Resolved } from './change-contact.ts';
import { blankContact, type Contact } from './contact.ts';
import type { ContactInput } from './contact-input.ts';
import { insertContact, storeShares, type takeSeats } from './contact-store.ts';
import { insertDirectly } from './direct-store.ts';
import { identityKeys } from './identity-keys.ts';
import { type Placements, placed } from './placements.ts';
import { resolveReferences } from './resolve-references.ts';
import { requireReach } from './write-contact.ts';

/** Whose a contact is; known to exist. */
export type Owners = Pick<ContactInput, 'assignedTo' | 'sourcedBy'>;

/**
 * A contact that was not there, with its text; the caller has seen that no other one has its keys. `owners` are put in
 * where the input names none.
 */
export async function insertNewContact(
  ctx: Ctx,
  placements: Placements,
  input: ContactInput,
  owners: Owners,
  seats: Awaited<ReturnType<typeof takeSeats>>,
): Promise<{ id: string; wire: string }> {
  const { companyId } = ctx.actor;
  const blank = blankContact(uuidv7());
  const [resolved, { lists, vacancies, stores }] = await Promise.all([
    resolveReferences(ctx, input),
    placed(ctx, placements, blank, input),
  ]);
  const contact: Contact = {
    ...firstVersion(ctx, blank, input, owners, { ...resolved, lists, vacancies }),
    createdTime: seats.created_at,
    updatedTime: seats.updated_at,
  };
  const { users, teams } = contact.confidentiality.shares;
  const wire = insertContact(ctx.sql, companyId, contact, identityKeys(contact), seats);
  if (users.length + teams.length > 0) storeShares(ctx.sql, companyId, contact.id, { users, teams });
  await Promise.all(stores.map((store) => store()));
  audit(ctx, 'contact.create', { kind: 'contact', id: contact.id }, Object.keys(input));
  return { id: contact.id, wire };
}

/** The same for an input that refers to nothing, by one statement; undefined where another contact has one of its keys. */
export async function insertNewContactDirectly(
  ctx: Ctx,
  input: ContactInput,
  owners: Owners,
  createdTime: string | undefined,
): Promise<{ id: string; wire: string } | undefined> {
  const contact = firstVersion(ctx, blankContact(uuidv7()), input, owners, {});
  const wire = await insertDirectly(ctx, contact, createdTime, Object.keys(input));
  return wire === undefined ? undefined : { id: contact.id, wire };
}

/** Without its times. A 403 for one that the actor may not make. */
function firstVersion(
  ctx: Ctx,
  blank: Contact,
  input: ContactInput,
  owners: Owners,
  resolved: Resolved,
): Contact {
  const owned = {
    ...input,
    assignedTo: input.assignedTo ?? owners.assignedTo ?? null,
    sourcedBy: input.sourcedBy ?? owners.sourcedBy ?? null,
  };
  const contact = { ...changedContact(blank, owned, resolved, false), version: 1 };
  requireReach(ctx, blank, contact);
  return contact;
}
