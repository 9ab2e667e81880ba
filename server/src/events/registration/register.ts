import { contactOfVisitor } from '../../contacts/contact-of-visitor.ts';
import type { Placements } from '../../contacts/placements.ts';
import { nobody } from '../../identity/actor.ts';
import { type Ctx, openCommand } from '../../identity/verbs.ts';
import type { Language } from '../../platform/http/language.ts';
import { enqueue } from '../../platform/jobs/outbox.ts';
import { MAIL_TOPIC } from '../../platform/mail/mail.ts';
import { markAttendee } from '../attendees/attendee-store.ts';
import { auditAttendee } from '../attendees/audit-attendee.ts';
import { holdQuestions } from '../custom-fields/field-store.ts';
import { parsedSlug, ticketUrl } from '../event-links.ts';
import { registrationClosed } from '../opening.ts';
import { findByRegistration, type LinkedEvent } from '../public-event-store.ts';
import type { Tickets } from '../tickets.ts';
import { confirmationMail, refusalMail } from './confirmation-mail.ts';
import { closed, questionOf } from './read-registration.ts';
import type { Registration, RegistrationForm } from './registration.ts';
import { checkedForm, type Registrant } from './registration-form.ts';
import type { RegistrationLimits } from './registration-limits.ts';
import { confirmationDue, markConfirmed, storeAnswers } from './registration-store.ts';

/** Whoever types an email again and again fills no one's mailbox. */
const MINUTES_BETWEEN_CONFIRMATIONS = 60;

export interface RegistrationParts {
  /** Without a trailing slash. */
  publicUrl: string;
  placements: Placements;
  tickets: Tickets;
  limits: RegistrationLimits;
}

/**
 * Registers whoever filled in the form: the contact with the email, or a new one, comes to the event, and a confirmation
 * is mailed. The answer is the same whether the email was known or not, or its owner asked to be forgotten; only the
 * mailbox learns. `trap`: a field that people do not see; whoever fills it in is told the same and nothing is kept.
 */
export const register = (parts: RegistrationParts) =>
  openCommand(
    async (
      ctx,
      input: { slug: string; language: Language; form: RegistrationForm; trap: string },
    ): Promise<Registration> => {
      const event = await findByRegistration(ctx.sql, input.slug);
      if (!event) return { state: 'unknown' };
      const why = registrationClosed(event, new Date());
      if (why) return closed(event, why);
      await parts.limits.takeForm(ctx.address, event.id);
      const questions = await holdQuestions(ctx.sql, event.companyId);
      const checked = checkedForm(input.form, questions);
      if ('mistakes' in checked) {
        const { form } = input;
        const { mistakes } = checked;
        return { state: 'open', event: event.shown, questions: questions.map(questionOf), form, mistakes };
      }
      const { registrant } = checked;
      if (input.trap === '') {
        await parts.limits.takeRegistration(event.id);
        await admit({ ...ctx, actor: nobody(event.companyId) }, parts, event, registrant, input.language);
      }
      return { state: 'registered', event: event.shown, email: registrant.email };
    },
    ({ slug }) => parsedSlug(slug)?.companyId,
  );

async function admit(
  ctx: Ctx,
  { publicUrl, placements, tickets, limits }: RegistrationParts,
  event: LinkedEvent,
  { name, email, phone, answers }: Registrant,
  language: Language,
): Promise<void> {
  const { companyId, shown } = event;
  const contact = await contactOfVisitor(ctx, placements, {
    name,
    email,
    phone,
    consentAt: new Date().toISOString(),
    ownerId: event.owner?.id ?? null,
    source: { id: event.id, value: shown.name },
  });
  if (contact === 'forgotten') {
    const refusal = { to: email, company: shown.company, eventName: shown.name };
    if (!(await limits.mayRefuse(email, event.id))) return;
    return enqueue(ctx, companyId, MAIL_TOPIC, refusalMail(refusal, language));
  }
  const of = { eventId: event.id, contactId: contact.id };
  // Anyone can type anyone's email: what was said first stays.
  if (await markAttendee(ctx.sql, companyId, of, 'registered', { onwards: true })) {
    await Promise.all([
      storeAnswers(ctx.sql, companyId, of, { name, email, answers }),
      auditAttendee(ctx, 'register', of),
    ]);
  }
  if (!(await confirmationDue(ctx.sql, companyId, of, MINUTES_BETWEEN_CONFIRMATIONS))) return;
  if (!(await limits.mayMail(email))) return;
  const confirmation = {
    to: email,
    name,
    event: shown,
    ...(event.joinLink ? { link: event.joinLink } : {}),
    ticketUrl: ticketUrl(publicUrl, tickets.issue({ companyId, ...of })),
    ...(event.owner?.name ? { contactName: event.owner.name } : {}),
  };
  await Promise.all([
    markConfirmed(ctx.sql, companyId, of),
    enqueue(ctx, companyId, MAIL_TOPIC, confirmationMail(confirmation, language)),
  ]);
}
