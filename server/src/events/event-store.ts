import { justAfter } from '../platform/db/clock.ts';
import { folded } from '../platform/db/folded.ts';
import { type Sql, statement } from '../platform/db/statement.ts';
import { wordVector } from '../platform/filter/words.ts';
import type { EventField } from './custom-fields/field.ts';
import { columnsOf, type FieldValue } from './custom-fields/field-value.ts';
import type { EventContent } from './event.ts';
import { ADDRESS_PARTS } from './location.ts';
import { timeZoneName } from './time-zone.ts';

/** Characters of a name that it is sorted by: more do not fit into an index. */
const SORTED = 200;
const CONTENT = [
  'name',
  'name_key',
  'type',
  'description',
  'status',
  'location_type',
  'location_url',
  'location',
  'lat',
  'lon',
  'image',
  'timezone',
  'timezone_name',
  'start_at',
  'end_at',
  'owner_id',
  'cancelled_at',
  'cancelled_by',
  'words',
] as const;

// Two changes within one millisecond have a time each, and a later change never an earlier one.
const store = statement({
  name: 'event.store',
  text: `
    insert into event (company_id, id, ${CONTENT.join(', ')}, created_by, updated_by, registration_slug, check_in_slug)
    values ($1::int4, $2, $3::text, left(${folded('$3::text')}, ${SORTED}), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
      $19, ${wordVector('$20::text', '$1::int4::text')}, $21, $21, $22, $23)
    on conflict (company_id, id) do update
    set ${CONTENT.map((column) => `${column} = excluded.${column}`).join(', ')},
      updated_by = excluded.updated_by,
      updated_at = greatest(excluded.updated_at, ${justAfter('event.updated_at')})`,
  parameters: [
    ...(['int4', 'uuid', 'text', 'text', 'text?', 'text', 'text?', 'text?', 'jsonb'] as const),
    ...(['float8?', 'float8?', 'jsonb?', 'text', 'text', 'timestamptz', 'timestamptz?'] as const),
    ...(['uuid?', 'timestamptz?', 'uuid?', 'text', 'uuid', 'text', 'text'] as const),
  ],
});

const clearValues = statement({
  name: 'event.clear-values',
  text: 'delete from event_value v where v.company_id = $1 and v.event_id = $2',
  parameters: ['int4', 'uuid'],
});

const insertValues = statement({
  name: 'event.insert-values',
  text: `
    insert into event_value (company_id, event_id, field_id, text_value, number_value, moment_value, boolean_value, choices)
    select $1, $2, w.field_id, w.text_value, w.number_value, w.moment_value, w.boolean_value, w.choices
    from jsonb_to_recordset($3) as w(
      field_id uuid, text_value text, number_value float8, moment_value timestamptz, boolean_value bool, choices text[])`,
  parameters: ['int4', 'uuid', 'jsonb'],
});

const remove = statement({
  name: 'event.remove',
  text: 'update event e set deleted_at = now(), deleted_by = $3 where e.company_id = $1 and e.id = $2',
  parameters: ['int4', 'uuid', 'uuid'],
});

/** Stores what an event says: a new one, or one that the transaction holds. */
export async function storeEvent(
  sql: Sql,
  companyId: number,
  id: string,
  content: EventContent,
  { by, slugs }: { by: string; slugs: { registration: string; checkIn: string } },
): Promise<void> {
  await sql.run(store, [
    companyId,
    id,
    content.name,
    content.type,
    content.description,
    content.status,
    content.locationType,
    content.locationUrl,
    JSON.stringify(content.address),
    content.point?.lat ?? null,
    content.point?.lon ?? null,
    content.image && JSON.stringify(content.image),
    content.timezone,
    timeZoneName(content.timezone),
    content.startAt,
    content.endAt,
    content.ownerId,
    content.cancelledAt,
    content.cancelledBy,
    wordsOf(content),
    by,
    slugs.registration,
    slugs.checkIn,
  ]);
}

/** Replaces an event's values of custom fields, whole. */
export async function storeValues(
  sql: Sql,
  companyId: number,
  eventId: string,
  values: readonly { field: EventField; value: FieldValue }[],
): Promise<void> {
  const rows = values.map(({ field, value }) => columnsOf(field, value));
  await Promise.all([
    sql.run(clearValues, [companyId, eventId]),
    rows.length > 0 ? sql.run(insertValues, [companyId, eventId, JSON.stringify(rows)]) : undefined,
  ]);
}

/** Softly: the row stays, for the searches that ask for deleted events, and its links say so. */
export async function removeEvent(sql: Sql, companyId: number, id: string, by: string): Promise<void> {
  await sql.run(remove, [companyId, id, by]);
}

/** Name, description and place, for the search by beginnings of words. */
function wordsOf({ name, description, address }: EventContent): string {
  const place = ADDRESS_PARTS.filter((part) => part !== 'url').map((part) => address[part]);
  return [name, description, ...place].filter(Boolean).join('\n');
}
