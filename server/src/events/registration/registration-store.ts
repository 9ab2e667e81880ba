import { folded } from '../../platform/db/folded.ts';
import { type Sql, statement } from '../../platform/db/statement.ts';
import type { EventField } from '../custom-fields/field.ts';
import { columnsOf, type FieldValue } from '../custom-fields/field-value.ts';

const insertAnswers = statement({
  name: 'event-registration.insert-answers',
  text: `
    with named as (
      update event_attendee t set given_name = $4::text, given_email = $6::text,
        given_words = ${folded(`concat_ws(' ', $4::text, $6::text)`)}
      where t.company_id = $1 and t.event_id = $2 and t.contact_id = $3),
    gone as (
      delete from event_answer a where a.company_id = $1 and a.event_id = $2 and a.contact_id = $3
        and not exists (select from jsonb_to_recordset($5) as k(field_id uuid) where k.field_id = a.field_id))
    insert into event_answer (
      company_id, event_id, contact_id, field_id, text_value, number_value, moment_value, boolean_value, choices)
    select $1, $2, $3, w.field_id, w.text_value, w.number_value, w.moment_value, w.boolean_value, w.choices
    from jsonb_to_recordset($5) as w(
      field_id uuid, text_value text, number_value float8, moment_value timestamptz, boolean_value bool, choices text[])
    on conflict (company_id, event_id, contact_id, field_id) do update
    set text_value = excluded.text_value, number_value = excluded.number_value, moment_value = excluded.moment_value,
      boolean_value = excluded.boolean_value, choices = excluded.choices`,
  parameters: ['int4', 'uuid', 'uuid', 'text', 'jsonb', 'text?'],
});

// Of two at once the later one waits, and finds what the first one did.
const dueConfirmation = statement({
  name: 'event-registration.due-confirmation',
  text: `
    select t.contact_id from event_attendee t
    where t.company_id = $1 and t.event_id = $2 and t.contact_id = $3
      and (t.confirmed_at is null or t.confirmed_at < now() - make_interval(mins => $4))
    for no key update`,
  parameters: ['int4', 'uuid', 'uuid', 'int4'],
  row: { contact_id: 'uuid' },
});

const confirm = statement({
  name: 'event-registration.confirm',
  text: `
    update event_attendee t set confirmed_at = now()
    where t.company_id = $1 and t.event_id = $2 and t.contact_id = $3`,
  parameters: ['int4', 'uuid', 'uuid'],
});

interface Registered {
  eventId: string;
  contactId: string;
}

/** What was typed in place of what was typed before. */
export async function storeAnswers(
  sql: Sql,
  companyId: number,
  { eventId, contactId }: Registered,
  said: {
    name: string;
    email: string | undefined;
    answers: readonly { field: EventField; value: FieldValue }[];
  },
): Promise<void> {
  const { name, email, answers } = said;
  const rows = answers.map(({ field, value }) => columnsOf(field, value));
  await sql.run(insertAnswers, [companyId, eventId, contactId, name, JSON.stringify(rows), email ?? null]);
}

/** Whether a confirmation is due: not if one was sent within so many minutes. Nobody else sends it meanwhile. */
export async function confirmationDue(
  sql: Sql,
  companyId: number,
  { eventId, contactId }: Registered,
  minutes: number,
): Promise<boolean> {
  return (await sql.run(dueConfirmation, [companyId, eventId, contactId, minutes])).length > 0;
}

/** Notes that a confirmation was sent now. */
export async function markConfirmed(
  sql: Sql,
  companyId: number,
  { eventId, contactId }: Registered,
): Promise<void> {
  await sql.run(confirm, [companyId, eventId, contactId]);
}
