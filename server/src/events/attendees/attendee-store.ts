import { PRESENT } from '../../contacts/presence.ts';
import { VISIBILITY, visibilityOf, visible } from '../../contacts/visibility.ts';
import type { Actor } from '../../identity/actor.ts';
import { type Sql, statement } from '../../platform/db/statement.ts';
import { maybeMoment } from '../../platform/time.ts';
import type { EventField } from '../custom-fields/field.ts';
import { type FieldValue, VALUE_JSON } from '../custom-fields/field-value.ts';
import { STEP_IDS, type Step } from '../metrics.ts';
import type { Attendee } from './attendee.ts';

const rank = (step: string) =>
  `array_position(array[${STEP_IDS.map((id) => `'${id}'`).join(', ')}], ${step})`;
const at = (step: Step) => `case when $4 = '${step}' then now() end`;
/** The time of a step stays when a later one is taken, and goes when an earlier one is. */
const kept = (step: Step, place: number) =>
  `${step}_at = case when ${rank('$4')} > ${place} then coalesce(t.${step}_at, excluded.${step}_at) end`;

const mark = statement({
  name: 'event-attendee.mark',
  text: `
    insert into event_attendee as t (company_id, event_id, contact_id, status, ${STEP_IDS.map((id) => `${id}_at`).join(', ')})
    values ($1, $2, $3, $4::text, ${STEP_IDS.map(at).join(', ')})
    on conflict (company_id, event_id, contact_id) do update
    set status = excluded.status, updated_at = excluded.updated_at, ${STEP_IDS.map(kept).join(', ')}
    where case when $5 then ${rank('t.status')} < ${rank('$4')} else t.status <> $4 end
    returning t.contact_id`,
  parameters: ['int4', 'uuid', 'uuid', 'text', 'bool'],
  row: { contact_id: 'uuid' },
});

const remove = statement({
  name: 'event-attendee.remove',
  text: `
    delete from event_attendee t where t.company_id = $1 and t.event_id = $2 and t.contact_id = $3
    returning t.contact_id`,
  parameters: ['int4', 'uuid', 'uuid'],
  row: { contact_id: 'uuid' },
});

const forget = statement({
  name: 'event-attendee.forget',
  text: `
    with said as (delete from event_answer v where v.company_id = $1 and v.contact_id = $2)
    update event_attendee t set given_name = null, given_email = null, given_words = null
    where t.company_id = $1 and t.contact_id = $2`,
  parameters: ['int4', 'uuid'],
});

// $2 to $8 say which contacts the reader sees, $9 is the event, $10 and $11 narrow the list down.
const ATTENDEES = `
  from event_attendee t join contact c on c.company_id = $1 and c.id = t.contact_id
  where t.company_id = $1 and t.event_id = $9 and ($10::text is null or t.status = $10)
    and ($11::uuid is null or t.contact_id = $11) and ${PRESENT} and ${visible(2)}`;

const page = statement({
  name: 'event-attendee.page',
  text: `
    select (select count(*) ${ATTENDEES}) as total, coalesce((
      select jsonb_agg(p) from (
        select n.contact_id, n.status, n.prospect_at, n.invited_at, n.registered_at, n.attended_at, n.given_name,
          d.wire ->> 'fullName' as full_name, d.wire ->> 'primaryEmail' as primary_email, (
            select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'type', f.type, 'value', ${VALUE_JSON})
              order by f.created_at, f.id)
            from event_answer v join event_custom_field f on f.company_id = $1 and f.id = v.field_id
            where v.company_id = $1 and v.event_id = $9 and v.contact_id = n.contact_id) as answers
        from (select t.* ${ATTENDEES} order by t.created_at, t.contact_id limit $12 offset $13) n
        join contact d on d.company_id = $1 and d.id = n.contact_id
        order by n.created_at, n.contact_id) p), '[]') as attendees
    from event e where e.company_id = $1 and e.id = $9 and e.deleted_at is null`,
  parameters: ['int4', ...VISIBILITY, 'uuid', 'text?', 'uuid?', 'int4', 'int4'],
  row: { total: 'int8', attendees: 'jsonb' },
  scan: true,
});

interface AttendeeRow {
  contact_id: string;
  status: Step;
  prospect_at: string | null;
  invited_at: string | null;
  registered_at: string | null;
  attended_at: string | null;
  given_name: string | null;
  full_name: string | null;
  primary_email: string | null;
  answers: (Pick<EventField, 'id' | 'name' | 'type'> & { value: FieldValue })[] | null;
}

/**
 * Puts a contact at a step of an event; `onwards`: not at one before that where it is. Answers whether anything changed.
 */
export async function markAttendee(
  sql: Sql,
  companyId: number,
  { eventId, contactId }: { eventId: string; contactId: string },
  step: Step,
  { onwards }: { onwards: boolean },
): Promise<boolean> {
  return (await sql.run(mark, [companyId, eventId, contactId, step, onwards])).length > 0;
}

/** Answers whether it was there. */
export async function removeAttendee(
  sql: Sql,
  companyId: number,
  eventId: string,
  contactId: string,
): Promise<boolean> {
  return (await sql.run(remove, [companyId, eventId, contactId])).length > 0;
}

/** What a contact said when it registered goes; that it was there stays, for the counts. */
export async function forgetAnswers(sql: Sql, companyId: number, contactId: string): Promise<void> {
  await sql.run(forget, [companyId, contactId]);
}

/**
 * A page of an event's attendees that the reader sees, as they came, and how many these are; undefined without the event.
 * One round trip.
 */
export async function listAttendees(
  sql: Sql,
  actor: Actor,
  eventId: string,
  narrowed: { status?: Step | undefined; contactId?: string; limit: number; skip: number },
): Promise<{ total: number; attendees: Attendee[] } | undefined> {
  const { status, contactId, limit, skip } = narrowed;
  const [row] = await sql.run(page, [
    actor.companyId,
    ...visibilityOf(actor),
    eventId,
    status ?? null,
    contactId ?? null,
    limit,
    skip,
  ]);
  return row && { total: row.total, attendees: (row.attendees as AttendeeRow[]).map(attendeeOf) };
}

function attendeeOf(row: AttendeeRow): Attendee {
  return {
    contactId: row.contact_id,
    status: row.status,
    prospectAt: maybeMoment(row.prospect_at),
    invitedAt: maybeMoment(row.invited_at),
    registeredAt: maybeMoment(row.registered_at),
    attendedAt: maybeMoment(row.attended_at),
    fullName: row.full_name,
    primaryEmail: row.primary_email,
    givenName: row.given_name,
    answers: (row.answers ?? []).map(({ value, ...field }) => ({ field, value })),
  };
}
