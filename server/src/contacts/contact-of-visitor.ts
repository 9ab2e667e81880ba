import type { Ctx } from '../identity/verbs.ts';
import type { Contact } from './contact.ts';
import type { ContactInput } from './contact-input.ts';
import { LARGEST_CONTACT } from './contact-limits.ts';
import { lockContactsByKeys } from './contact-lookup-store.ts';
import { takeSeats } from './contact-store.ts';
import { identityKeys } from './identity-keys.ts';
import { insertNewContact } from './new-contact.ts';
import type { Placements } from './placements.ts';
import { changeContact } from './write-contact.ts';

/** Someone who says who they are, without signing in. */
export interface Visitor {
  name: string;
  email: string | undefined;
  phone: string | undefined;
  /** Agrees to what is stored; ISO 8601 UTC. */
  consentAt: string | undefined;
  /** Whose a new contact is. */
  ownerId: string | null;
  /** Where a new contact comes from. */
  source: { id: string; value: string };
}

/** In bytes: what a name, a phone number and consent take, and more. */
const ROOM = 4_000;

/**
 * The contact with the visitor's email, else a new one; `forgotten` for a person who asked not to be added again. Anyone
 * can type anyone's email: of a contact that is there, only what it did not have is filled in.
 */
export async function contactOfVisitor(
  ctx: Ctx,
  placements: Placements,
  visitor: Visitor,
): Promise<{ id: string } | 'forgotten'> {
  const keys = identityKeys({ emails: visitor.email ? [visitor.email] : [] });
  const [[match], seats] = await Promise.all([
    lockContactsByKeys(ctx.sql, ctx.actor, keys),
    takeSeats(ctx.sql, ctx.actor.companyId, undefined),
  ]);
  if (match?.anonymised) return 'forgotten';
  if (!match) return insert(ctx, placements, visitor, seats);
  const before: Contact = JSON.parse(match.wire);
  const missing = additions(before, visitor);
  // One that is full stays as it is: that its owner registers must not depend on it.
  const full = Buffer.byteLength(match.wire) > LARGEST_CONTACT - ROOM;
  if (full || Object.keys(missing).length === 0) return { id: match.id };
  await changeContact(
    ctx,
    { before, excepted: match.excepted },
    { ...missing, ...ownersOf(before) },
    {
      adding: true,
      placements,
    },
  );
  return { id: match.id };
}

/** A new contact of someone who is known by no more than a name. */
export async function newContactOfVisitor(
  ctx: Ctx,
  placements: Placements,
  visitor: Omit<Visitor, 'email'>,
): Promise<{ id: string }> {
  const seats = await takeSeats(ctx.sql, ctx.actor.companyId, undefined);
  return insert(ctx, placements, { ...visitor, email: undefined }, seats);
}

function insert(
  ctx: Ctx,
  placements: Placements,
  visitor: Visitor,
  seats: Awaited<ReturnType<typeof takeSeats>>,
): Promise<{ id: string }> {
  const owners = { assignedTo: visitor.ownerId, sourcedBy: visitor.ownerId };
  return insertNewContact(ctx, placements, newContact(visitor), owners, seats);
}

function newContact({ name, email, phone, source, ...visitor }: Visitor): ContactInput {
  return {
    fullName: name,
    ...(email ? { emails: [email] } : {}),
    ...(phone ? { phoneNumbers: [phone] } : {}),
    ...consent(visitor),
    creationSource: source,
  };
}

function additions(before: Contact, visitor: Visitor): ContactInput {
  const { name, phone } = visitor;
  return {
    ...(before.fullName === undefined ? { fullName: name } : {}),
    ...(phone && before.phoneNumbers.length === 0 ? { phoneNumbers: [phone] } : {}),
    // What the contact said of it before, be it yes or no, is not anyone's to change who types the email.
    ...(before.gdprConsent === undefined ? consent(visitor) : {}),
  };
}

/** Named, so that nobody is put in. */
function ownersOf({ assignedTo, sourcedBy }: Contact): ContactInput {
  return { assignedTo: assignedTo ?? null, sourcedBy: sourcedBy ?? null };
}

function consent({ consentAt }: Pick<Visitor, 'consentAt'>): ContactInput {
  return consentAt === undefined ? {} : { gdprConsent: true, gdprConsentDate: consentAt };
}
