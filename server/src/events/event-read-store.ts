import { type Sql, statement } from '../platform/db/statement.ts';
import { isoMoment, maybeMoment } from '../platform/time.ts';
import { FIELD_COLUMNS, type FieldRow, fieldOf } from './custom-fields/field-store.ts';
import { type FieldValue, VALUE_JSON } from './custom-fields/field-value.ts';
import type { Event, EventOwner } from './event.ts';
import type { EventStatus, EventType, LocationType } from './event-types.ts';
import type { Address } from './location.ts';
import type { Standing } from './metrics.ts';

/** The columns of `event e`, in the company at $1, with what is read beside it. */
export const EVENT_COLUMNS = `
  e.id, e.name, e.type, e.description, e.status, e.location_type, e.location_url, e.location, e.lat, e.lon, e.image,
  e.timezone, e.start_at, e.end_at, e.owner_id, e.created_at, e.created_by, e.updated_at, e.updated_by, e.cancelled_at,
  e.cancelled_by, e.deleted_at, e.deleted_by, e.registration_slug, e.check_in_slug,
  (select json_build_object('id', a.id, 'firstName', a.first_name, 'lastName', a.last_name)
   from account a where a.company_id = $1 and a.id = e.owner_id) as owner,
  (select json_agg(x order by x.created_at, x.id) from (
     select ${FIELD_COLUMNS}, ${VALUE_JSON} as value
     from event_value v join event_custom_field f on f.company_id = $1 and f.id = v.field_id
     where v.company_id = $1 and v.event_id = e.id) x) as values,
  (select json_object_agg(s.status, s.people) from (
     select t.status, count(*) as people from event_attendee t
     where t.company_id = $1 and t.event_id = e.id group by t.status) s) as standing`;

/** A row of those columns as JSON. */
export interface EventRow {
  id: string;
  name: string;
  type: string;
  description: string | null;
  status: string;
  location_type: string | null;
  location_url: string | null;
  location: Address;
  lat: number | null;
  lon: number | null;
  image: { name?: string; url?: string } | null;
  timezone: string;
  start_at: string;
  end_at: string | null;
  owner_id: string | null;
  created_at: string;
  created_by: string | null;
  updated_at: string;
  updated_by: string | null;
  cancelled_at: string | null;
  cancelled_by: string | null;
  deleted_at: string | null;
  deleted_by: string | null;
  registration_slug: string;
  check_in_slug: string;
  owner: EventOwner | null;
  values: (FieldRow & { value: FieldValue })[] | null;
  standing: Standing | null;
}

const byId = statement({
  name: 'event.by-id',
  text: `
    select to_json(p) as event from (
      select ${EVENT_COLUMNS} from event e where e.company_id = $1 and e.id = $2 and e.deleted_at is null) p`,
  parameters: ['int4', 'uuid'],
  row: { event: 'json' },
});

const lock = statement({
  name: 'event.lock',
  text: `
    select e.id from event e
    where e.company_id = $1 and e.id = $2 and e.deleted_at is null for no key update`,
  parameters: ['int4', 'uuid'],
  row: { id: 'uuid' },
});

/** One round trip; undefined where there is none, or no longer. */
export async function findEvent(sql: Sql, companyId: number, id: string): Promise<Event | undefined> {
  const [row] = await sql.run(byId, [companyId, id]);
  return row && eventOf(companyId, JSON.parse(row.event));
}

/** The same, held until the transaction ends. */
export async function holdEvent(sql: Sql, companyId: number, id: string): Promise<Event | undefined> {
  // What is read behind the lock is as the last writer left it.
  const [, found] = await Promise.all([sql.run(lock, [companyId, id]), findEvent(sql, companyId, id)]);
  return found;
}

export function eventOf(companyId: number, row: EventRow): Event {
  return {
    id: row.id,
    companyId,
    name: row.name,
    type: row.type as EventType,
    description: row.description,
    status: row.status as EventStatus,
    locationType: row.location_type as LocationType | null,
    locationUrl: row.location_url,
    address: row.location,
    point: row.lat === null || row.lon === null ? undefined : { lat: row.lat, lon: row.lon },
    image: row.image,
    timezone: row.timezone,
    startAt: isoMoment(row.start_at),
    endAt: maybeMoment(row.end_at),
    ownerId: row.owner_id,
    cancelledAt: maybeMoment(row.cancelled_at),
    cancelledBy: row.cancelled_by,
    createdAt: isoMoment(row.created_at),
    createdBy: row.created_by,
    updatedAt: isoMoment(row.updated_at),
    updatedBy: row.updated_by,
    deletedAt: maybeMoment(row.deleted_at),
    deletedBy: row.deleted_by,
    slugs: { registration: row.registration_slug, checkIn: row.check_in_slug },
    owner: row.owner,
    values: (row.values ?? []).map(({ value, ...field }) => ({
      field: fieldOf(field),
      value: field.type === 'date' ? isoMoment(String(value)) : value,
    })),
    standing: row.standing ?? {},
  };
}
