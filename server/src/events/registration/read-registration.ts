import { openQuery } from '../../identity/verbs.ts';
import type { EventField } from '../custom-fields/field.ts';
import { listQuestions } from '../custom-fields/field-store.ts';
import { registrationClosed } from '../opening.ts';
import { findByRegistration, type LinkedEvent } from '../public-event-store.ts';
import type { Closed, Question, Registration } from './registration.ts';

/** The form behind a registration link, or why there is none. */
export const readRegistration = openQuery(async (ctx, { slug }: { slug: string }): Promise<Registration> => {
  const event = await findByRegistration(ctx.sql, slug);
  if (!event) return { state: 'unknown' };
  const why = registrationClosed(event, new Date());
  if (why) return closed(event, why);
  const questions = (await listQuestions(ctx.sql, event.companyId)).map(questionOf);
  return { state: 'open', event: event.shown, questions };
});

export function closed(event: LinkedEvent, why: Closed): Registration {
  const hidden = why === 'draft' || why === 'deleted';
  return { state: 'closed', why, ...(hidden ? {} : { event: event.shown }) };
}

export function questionOf({ id, name, type, required, options }: EventField): Question {
  return { id, name, type, required, options };
}
