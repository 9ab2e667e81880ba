import type pg from 'pg';
import type { BenchCompany } from './company.ts';

const ATTENDEES_OF_AN_EVENT = 40;
const MOST_CONTACTS = 10_000;

const CONTACT = `
  insert into contact (company_id, id, created_at, created_seat, updated_at, updated_seat, wire)
  select $1, gen_random_uuid(), t.at, 0, t.at, 0, '{}'
  from (select date_trunc('milliseconds', now()) - interval '1 minute' * i as at from generate_series(1, $2::int4) i) t`;

const ATTENDEE = `
  insert into event_attendee (company_id, event_id, contact_id, status, prospect_at)
  select $1, e.id, c.id, (array['prospect', 'invited', 'registered', 'attended'])[1 + floor(random() * 4)::int4], now()
  from (select id, row_number() over (order by md5(id::text)) as place from event where company_id = $1) e
  cross join generate_series(1, $3::int4) n
  join (select id, row_number() over () as place from contact where company_id = $1) c
    on c.place = 1 + (e.place * 7 + n * 13) % $4::int4
  where e.place <= $2`;

/** People for `events` of the company's events, taken at random. */
export async function fillAttendees(client: pg.Client, { id }: BenchCompany, events: number): Promise<void> {
  const contacts = Math.min(events * 10, MOST_CONTACTS);
  await client.query(CONTACT, [id, contacts]);
  await client.query(ATTENDEE, [id, events, ATTENDEES_OF_AN_EVENT, contacts]);
}
