import { folded } from '../platform/db/folded.ts';
import type { Field, Fields, RowsSql } from '../platform/filter/fields.ts';
import type { EventField } from './custom-fields/field.ts';

/** SQL over `event e` by the names that clients use. */
const TEXTS = {
  id: 'e.id::text',
  name: 'e.name',
  description: 'e.description',
  type: 'e.type',
  status: 'e.status',
  locationType: 'e.location_type',
  locationUrl: 'e.location_url',
  'location/address': "e.location ->> 'address'",
  'location/address2': "e.location ->> 'address2'",
  'location/city': 'e.city',
  'location/country': 'e.country',
  'location/county': "e.location ->> 'county'",
  'location/formattedAddress': "e.location ->> 'formattedAddress'",
  'location/name': 'e.venue',
  'location/postcode': 'e.postcode',
  'location/url': "e.location ->> 'url'",
  'owner/id': 'e.owner_id::text',
  'timezone/id': 'e.timezone',
  'timezone/name': 'e.timezone_name',
  'timezone/value': 'e.timezone',
} as const;

const MOMENTS = {
  cancelledAt: 'e.cancelled_at',
  createdAt: 'e.created_at',
  deletedAt: 'e.deleted_at',
  'end/timestamp': 'e.end_at',
  'start/timestamp': 'e.start_at',
  updatedAt: 'e.updated_at',
} as const;

const ofKind = (kind: 'text' | 'moment', columns: Readonly<Record<string, string>>): Fields =>
  Object.fromEntries(Object.entries(columns).map(([name, sql]) => [name, { kind, sql }]));

const OWN: Fields = {
  ...ofKind('text', TEXTS),
  ...ofKind('moment', MOMENTS),
  'location/geoPoint': { kind: 'place', lat: 'e.lat', lon: 'e.lon' },
  FULL_TEXT_PREFIX: { kind: 'words', sql: 'e.words', within: '$1::int4::text' },
};

/** What a search may ask about, in the company at $1 with these custom fields. */
export function searchFields(customFields: readonly Pick<EventField, 'id' | 'type'>[]): Fields {
  const byId = new Map(customFields.map((field) => [field.id, field]));
  return {
    ...OWN,
    customFields: (id) => {
      const field = byId.get(id.toLowerCase());
      return field && valueField(field);
    },
  };
}

/** As the index event_value_text has it. */
const INDEXED = 300;

function valueField({ id, type }: Pick<EventField, 'id' | 'type'>): Field {
  const rows: RowsSql = (holds, bind) => `exists (
    select from event_value v
    where v.company_id = $1 and v.event_id = e.id and v.field_id = ${bind('uuid', id)} and ${holds})`;
  switch (type) {
    case 'text':
      return { kind: 'text', sql: 'v.text_value', rows, indexed: INDEXED };
    case 'number':
      return { kind: 'number', sql: 'v.number_value', rows };
    case 'date':
      return { kind: 'moment', sql: 'v.moment_value', rows };
    case 'boolean':
      return { kind: 'boolean', sql: 'v.boolean_value', rows };
    default:
      return { kind: 'choices', sql: 'v.choices', stored: 'text[]', rows };
  }
}

/** How one sorts by a field: the SQL, and whether it may be unset. */
export interface SortKey {
  sql: string;
  unset: boolean;
}

const ALWAYS_SET: readonly string[] = ['createdAt', 'start/timestamp', 'updatedAt', 'id', 'type', 'status'];

/** Of these the table has what they are sorted by. */
const KEPT_KEYS: Readonly<Record<string, SortKey>> = {
  id: { sql: 'e.id', unset: false },
  name: { sql: 'e.name_key collate "C"', unset: false },
  'location/city': { sql: 'e.city_key collate "C"', unset: true },
};

/** What a search may be sorted by: every field with one value but prose. Texts go by their letters, whatever case and accents. */
const { description: _, ...SORTABLE } = TEXTS;
export const SORT_KEYS: Readonly<Record<string, SortKey>> = Object.fromEntries(
  Object.entries({ ...SORTABLE, ...MOMENTS }).map(([name, sql]) => {
    if (name in KEPT_KEYS) return [name, KEPT_KEYS[name]!];
    const text = name in TEXTS;
    return [name, { sql: text ? `${folded(sql)} collate "C"` : sql, unset: !ALWAYS_SET.includes(name) }];
  }),
);
