import { presentPartners } from '../identity/integrations.ts';
import { type Ctx, command } from '../identity/verbs.ts';
import { pastMoment } from '../platform/past-moment.ts';
import { conflict, forbidden, Problem } from '../platform/problem.ts';
import type { Contact } from './contact.ts';
import type { ContactInput } from './contact-input.ts';
import { lockContactsByKeys } from './contact-lookup-store.ts';
import { takeSeats } from './contact-store.ts';
import { withoutHidden } from './hidden-entries.ts';
import { identityKeys } from './identity-keys.ts';
import { insertNewContact, insertNewContactDirectly, type Owners } from './new-contact.ts';
import type { Placements } from './placements.ts';
import { refersToNothing } from './resolve-references.ts';
import { mayWrite } from './visibility.ts';
import { changeContact, heldByOthers } from './write-contact.ts';

/**
 * The one contact that an email, a link or an external id of the input belongs to, updated; else a new one. 409 for
 * matches to two, to an anonymised one, or to one that the caller does not see (docs/wire-rulings.md section 4).
 */
export const createOrUpdateContact = (placements: Placements) =>
  command<ContactInput, Outcome>(
    'contacts.write',
    async (ctx, input) => {
      const createdTime = requireSomething(input);
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
      if (!match) {
        return { created: true, ...(await insertNewContact(ctx, placements, input, callerOf(ctx), seats)) };
      }
      if (!match.visible) throw heldByOthers(matches);
      const before: Contact = JSON.parse(match.wire);
      if (!mayWrite(ctx.actor, before)) throw forbidden('your roles do not include changing this contact');
      const wire = await changeContact(ctx, { before, excepted: match.excepted }, input, {
        adding: true,
        placements,
      });
      return { created: false, id: before.id, wire: withoutHidden(ctx.actor, wire, match.excepted) };
    },
    createDirectly,
  );

interface Outcome {
  created: boolean;
  id: string;
  wire: string;
}

async function createDirectly(ctx: Ctx, input: ContactInput): Promise<Outcome | undefined> {
  const createdTime = requireSomething(input);
  if (!refersToNothing(input)) return undefined;
  const made = await insertNewContactDirectly(ctx, input, callerOf(ctx), createdTime);
  return made && { created: true, ...made };
}

const callerOf = ({ actor }: Ctx): Owners => ({ assignedTo: actor.userId, sourcedBy: actor.userId });

/** When the contact was made, if the input says so. A 400 where it says too little to be someone. */
function requireSomething(input: ContactInput): string | undefined {
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
  return pastMoment('createdTime', input.createdTime);
}
