import { presentPartners } from '../identity/integrations.ts';
import { type Ctx, command } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { pastMoment } from '../platform/past-moment.ts';
import { conflict, forbidden, Problem } from '../platform/problem.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { changedContact } from './change-contact.ts';
import { blankContact, type Contact } from './contact.ts';
import type { ContactInput } from './contact-input.ts';
import { lockContactsByKeys } from './contact-lookup-store.ts';
import { insertContact, storeShares, takeSeats } from './contact-store.ts';
import { withoutHidden } from './hidden-entries.ts';
import { identityKeys } from './identity-keys.ts';
import { type Placements, placed } from './placements.ts';
import { resolveReferences } from './resolve-references.ts';
import { mayWrite } from './visibility.ts';
import { changeContact, heldByOthers, requireReach } from './write-contact.ts';

/**
 * The one contact that an email, a link or an external id of the input belongs to, updated; else a new one. 409 for
 * matches to two, to an anonymised one, or to one that the caller does not see (docs/wire-rulings.md section 4).
 */
export const createOrUpdateContact = (placements: Placements) =>
  command('contacts.write', async (ctx, input: ContactInput) => {
    requireSomething(input);
    const createdTime = pastMoment('createdTime', input.createdTime);
    const keys = identityKeys({
      emails: [...(input.emails ?? []), ...(input.primaryEmail ? [input.primaryEmail] : [])],
      links: input.links ?? [],
      integrations: presentPartners(input.integrations),
    });
    const [matches, seats] = await Promise.all([
      lockContactsByKeys(ctx.sql, ctx.actor, keys),
      takeSeats(ctx.sql, ctx.actor.companyId, createdTime),
    ]);
    if (matches.some(({ anonymised }) => anonymised)) {
      throw conflict(
        'the person asked to be forgotten and is not added again; only deanonymising brings them back',
      );
    }
    if (matches.length > 1) throw heldByOthers(matches);
    const [match] = matches;
    if (!match) return { created: true, ...(await create(ctx, placements, input, seats)) };
    if (!match.visible) throw heldByOthers(matches);
    const before: Contact = JSON.parse(match.wire);
    if (!mayWrite(ctx.actor, before)) throw forbidden('your roles do not include changing this contact');
    const wire = await changeContact(ctx, { before, excepted: match.excepted }, input, {
      adding: true,
      placements,
    });
    return { created: false, id: before.id, wire: withoutHidden(ctx.actor, wire, match.excepted) };
  });

async function create(
  ctx: Ctx,
  placements: Placements,
  input: ContactInput,
  seats: Awaited<ReturnType<typeof takeSeats>>,
) {
  const { companyId, userId } = ctx.actor;
  const owned = { ...input, assignedTo: input.assignedTo ?? userId, sourcedBy: input.sourcedBy ?? userId };
  const blank = blankContact(uuidv7());
  const [resolved, { lists, vacancies, stores }] = await Promise.all([
    resolveReferences(ctx, input),
    placed(ctx, placements, blank, input),
  ]);
  const contact: Contact = {
    ...changedContact(blank, owned, { ...resolved, lists, vacancies }, false),
    version: 1,
    createdTime: seats.created_at,
    updatedTime: seats.updated_at,
  };
  requireReach(ctx, blank, contact);
  const { users, teams } = contact.confidentiality.shares;
  const [wire] = await Promise.all([
    insertContact(ctx.sql, companyId, contact, identityKeys(contact), seats),
    users.length + teams.length > 0
      ? storeShares(ctx.sql, companyId, contact.id, { users, teams })
      : undefined,
    ...stores.map((store) => store()),
    audit(ctx, 'contact.create', { kind: 'contact', id: contact.id }, Object.keys(input)),
  ]);
  return { id: contact.id, wire };
}

function requireSomething(input: ContactInput): void {
  const said = (text: string | null | undefined) => Boolean(text?.trim());
  const named = [input.fullName, input.firstName, input.lastName, ...(input.middleNames ?? [])].some(said);
  const reached = [
    input.primaryEmail,
    input.primaryPhoneNumber,
    ...(input.emails ?? []),
    ...(input.phoneNumbers ?? []),
    ...(input.links ?? []),
  ].some(said);
  if (!named && !reached) {
    throw new Problem(400, 'body: must have at least one of a name, an email, a phone number, a link');
  }
}
