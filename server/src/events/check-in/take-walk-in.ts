import { contactOfVisitor, newContactOfVisitor } from '../../contacts/contact-of-visitor.ts';
import type { Placements } from '../../contacts/placements.ts';
import { nobody } from '../../identity/actor.ts';
import { type Ctx, type OpenCtx, openCommand } from '../../identity/verbs.ts';
import { markAttendee } from '../attendees/attendee-store.ts';
import { auditAttendee } from '../attendees/audit-attendee.ts';
import { doorClosed } from '../opening.ts';
import { findByCheckIn, type LinkedEvent } from '../public-event-store.ts';
import type { Mistakes } from '../registration/registration.ts';
import { emailMistake, nameMistake, onlyMistakes, tidyName } from '../registration/registration-form.ts';
import { storeAnswers } from '../registration/registration-store.ts';
import { companyOfDoor } from './check-in.ts';
import type { Door, Tapped, WalkIn } from './door.ts';
import { countAttendees, findRegistrants } from './door-store.ts';

/** Takes in someone who did not register: the contact with the email, or a new one, is here. */
export const takeWalkIn = ({ placements }: { placements: Placements }) =>
  openCommand<{ slug: string; form: WalkIn }, Tapped | Door>(async (ctx, { slug, form }) => {
    const event = await findByCheckIn(ctx.sql, slug);
    if (!event) return { state: 'unknown' };
    const why = doorClosed(event, new Date());
    if (why) return { state: 'closed', why };
    const walkIn: WalkIn = { ...form, name: tidyName(form.name), email: form.email.trim() };
    const mistakes = onlyMistakes([
      ['name', nameMistake(walkIn.name)],
      ['email', walkIn.email === '' ? undefined : emailMistake(walkIn.email)],
    ]);
    if (Object.keys(mistakes).length > 0) return again(ctx, event, walkIn, mistakes);
    return admit({ ...ctx, actor: nobody(event.companyId) }, placements, event, walkIn);
  }, companyOfDoor);

async function admit(
  ctx: Ctx,
  placements: Placements,
  event: LinkedEvent,
  { name, email, consent }: WalkIn,
): Promise<Tapped> {
  const { companyId, id: eventId } = event;
  const visitor = {
    name,
    phone: undefined,
    consentAt: consent ? new Date().toISOString() : undefined,
    ownerId: event.owner?.id ?? null,
    source: { id: eventId, value: event.shown.name },
  };
  const known = await contactOfVisitor(ctx, placements, { ...visitor, email: email || undefined });
  // Who asked to be forgotten comes in by the name they say, and the door does not learn of it.
  const forgotten = known === 'forgotten';
  const contact = forgotten ? await newContactOfVisitor(ctx, placements, visitor) : known;
  const of = { eventId, contactId: contact.id };
  // Whoever registered keeps what was said then.
  const isNew = await markAttendee(ctx.sql, companyId, of, 'registered', { onwards: true });
  const arrived = await markAttendee(ctx.sql, companyId, of, 'attended', { onwards: true });
  await Promise.all([
    isNew
      ? storeAnswers(ctx.sql, companyId, of, {
          name,
          email: forgotten ? undefined : email || undefined,
          answers: [],
        })
      : undefined,
    arrived ? auditAttendee(ctx, 'walk-in', of) : undefined,
  ]);
  return { state: 'done', what: arrived ? 'attended' : 'again', contactId: contact.id };
}

/** The door with the form as it was typed. */
async function again(
  { sql }: OpenCtx,
  { companyId, id, shown }: LinkedEvent,
  form: WalkIn,
  mistakes: Mistakes,
): Promise<Door> {
  const counts = await countAttendees(sql, companyId, id);
  const found = await findRegistrants(sql, companyId, id, '');
  return { state: 'open', event: shown, counts, search: '', ...found, walkIn: { form, mistakes } };
}
