import { isDeepStrictEqual } from 'node:util';
import type { Ctx } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { conflict, forbidden } from '../platform/problem.ts';
import { changedContact } from './change-contact.ts';
import { sameConfidentiality } from './confidentiality.ts';
import { type Contact, wireOf } from './contact.ts';
import type { ContactInput } from './contact-input.ts';
import { otherHolders } from './contact-lookup-store.ts';
import { storeContact, storeKeys, storeShares, takeUpdatedSeat, type UpdatedSeat } from './contact-store.ts';
import { updateDirectly } from './direct-store.ts';
import { keepingHidden } from './hidden-entries.ts';
import { identityKeys } from './identity-keys.ts';
import { type Placed, type Placements, placed } from './placements.ts';
import { resolveReferences } from './resolve-references.ts';
import { mayShare, mayWrite } from './visibility.ts';

/**
 * Changes a contact that the transaction holds and answers its new text. A change that changes nothing leaves no
 * trace. Throws a 409 where an email, link or external id is another contact's.
 */
export async function changeContact(
  ctx: Ctx,
  { before, excepted }: { before: Contact; excepted: string[] | null },
  input: ContactInput,
  { adding, placements, seat }: { adding: boolean; placements: Placements; seat?: UpdatedSeat },
): Promise<string> {
  const [resolved, { lists, vacancies, stores }] = await Promise.all([
    resolveReferences(ctx, input),
    placed(ctx, placements, before, input),
  ]);
  const customFields = keepingHidden(before.customFields, resolved.customFields, excepted);
  const after = changedContact(
    before,
    withCaller(ctx, before, input),
    { ...resolved, lists, vacancies, ...(customFields ? { customFields } : {}) },
    adding,
  );
  requireReach(ctx, before, after);
  if (isDeepStrictEqual(after, before) && stores.length === 0) return wireOf(before);
  return storeChange(ctx, before, after, Object.keys(input), { stores, seat });
}

/**
 * The same for a contact that is not held, `standing` as it was read, by one statement, and for an input that refers to
 * nothing. Undefined where its keys or shares would change, or it is no longer what it was.
 */
export async function changeContactDirectly(
  ctx: Ctx,
  { before, standing }: { before: Contact; standing: string },
  input: ContactInput,
): Promise<string | undefined> {
  const after = changedContact(before, withCaller(ctx, before, input), {}, false);
  if (!sameKeys(before, after) || !sameConfidentiality(before.confidentiality, after.confidentiality)) {
    return undefined;
  }
  requireReach(ctx, before, after);
  if (isDeepStrictEqual(after, before)) return standing;
  return updateDirectly(ctx, standing, { ...after, version: before.version + 1 }, Object.keys(input));
}

/**
 * Stores a contact that differs from what was read: new version and time, keys, shares, placements, audit row. `seat`:
 * the time, where it was asked for together with the contact.
 */
export async function storeChange(
  ctx: Ctx,
  before: Contact,
  after: Contact,
  fields: string[],
  { stores = [], seat }: { stores?: Placed['stores']; seat?: UpdatedSeat | undefined } = {},
): Promise<string> {
  const { companyId } = ctx.actor;
  const keys = sameKeys(before, after) ? undefined : identityKeys(after);
  const [taken, holders] = await Promise.all([
    seat ?? takeUpdatedSeat(ctx.sql, companyId),
    // What the contact has had is nobody else's.
    keys ? otherHolders(ctx.sql, ctx.actor, after.id, keys) : [],
  ]);
  if (holders.length > 0) throw heldByOthers(holders);
  const stored: Contact = { ...after, version: before.version + 1, updatedTime: taken.updated_at };
  const wire = storeContact(ctx.sql, companyId, stored, taken);
  if (keys) storeKeys(ctx.sql, companyId, after.id, keys);
  if (!sameConfidentiality(before.confidentiality, after.confidentiality)) {
    storeShares(ctx.sql, companyId, after.id, after.confidentiality.shares);
  }
  await Promise.all(stores.map((store) => store()));
  audit(ctx, 'contact.update', { kind: 'contact', id: after.id }, fields);
  return wire;
}

function sameKeys(before: Contact, after: Contact): boolean {
  return JSON.stringify(identityKeys(before)) === JSON.stringify(identityKeys(after));
}

/** 403 for a change of shares, or into someone else's hands, that the actor may not make. */
export function requireReach(ctx: Ctx, before: Contact, after: Contact): void {
  const shares = !sameConfidentiality(before.confidentiality, after.confidentiality);
  if (shares && !mayShare(ctx.actor, before.version === 0 ? after : before)) {
    throw forbidden(
      'only a super admin, or whom the contact is assigned to or sourced by, may change its shares',
    );
  }
  if (!mayWrite(ctx.actor, after))
    throw forbidden('your roles do not include a contact that is not your own');
}

/** 409: names the contacts that the caller may see, and no other. */
export function heldByOthers(holders: { id: string; visible: boolean; kind?: string }[]): Error {
  const seen = [...new Set(holders.filter(({ visible }) => visible).map(({ id }) => id))];
  const where = seen.length > 0 ? `: ${seen.join(', ')}` : '';
  return conflict(`an email, link or external id belongs to another contact${where}`);
}

/** The caller is put in where nobody is and the change is silent. */
function withCaller(ctx: Ctx, before: Contact, input: ContactInput): ContactInput {
  const caller = ctx.actor.userId;
  return {
    ...input,
    ...(input.assignedTo === undefined && !before.assignedTo ? { assignedTo: caller } : {}),
    ...(input.sourcedBy === undefined && !before.sourcedBy ? { sourcedBy: caller } : {}),
  };
}
