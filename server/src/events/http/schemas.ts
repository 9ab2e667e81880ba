import { Type } from 'typebox';
import { FIELD_TYPES } from '../../contacts/custom-fields/custom-field.ts';
import { id, moment, named, nullable, oneOf, readOnly, text } from '../../platform/http/schema.ts';
import { LONGEST_VALUE } from '../custom-fields/field-value.ts';
import {
  EVENT_STATUSES,
  EVENT_TYPES,
  type EventType,
  LOCATION_TYPES,
  type LocationType,
} from '../event-types.ts';
import { ADDRESS_PARTS } from '../location.ts';
import { STEP_IDS } from '../metrics.ts';

const opt = Type.Optional;
const keysOf = <K extends string>(of: Readonly<Record<K, string>>) => Object.keys(of) as [K, ...K[]];
const ignored = () => opt(readOnly(Type.Unknown()));
const line = () => opt(nullable(text(500)));
const address = () => opt(nullable(text(2_048)));
const MOST_VALUES = 500;
const MOST_OPTIONS = 1_000;

const latitude = (more: object = {}) => Type.Number({ minimum: -90, maximum: 90, ...more });
const longitude = (more: object = {}) => Type.Number({ minimum: -180, maximum: 180, ...more });

const ClockInput = named(
  'AttractEventTimeInput',
  Type.Object(
    {
      timestamp: opt(nullable(moment())),
      date: opt(
        nullable(Type.String({ maxLength: 20, description: '2026-01-31, in the time zone of the event.' })),
      ),
      time: opt(nullable(Type.String({ maxLength: 20, description: '09:30, with it.' }))),
    },
    { description: 'A timestamp, or date and time in the time zone of the event.' },
  ),
);
const LocationInput = named(
  'AttractEventLocationInput',
  Type.Object({
    ...(Object.fromEntries(
      ADDRESS_PARTS.map((part) => [part, part === 'url' ? address() : line()]),
    ) as Record<(typeof ADDRESS_PARTS)[number], ReturnType<typeof line>>),
    geoPoint: opt(nullable(Type.Object({ lat: latitude(), lon: longitude() }))),
    lat: opt(nullable(latitude())),
    lng: opt(nullable(longitude())),
  }),
);
const TimeZoneInput = Type.Unsafe<string | { id?: string | null; value?: string | null } | null>({
  type: ['string', 'object', 'null'],
  maxLength: 100,
  properties: {
    id: nullable(text(100)),
    value: nullable(text(100)),
    name: readOnly(Type.Unknown()),
  },
  description: 'The IANA id of a time zone, such as Europe/Berlin; the company’s unless given.',
});
const ValueInput = named(
  'AttractEventCustomFieldValue',
  Type.Object({
    id: id(),
    value: opt(
      Type.Unsafe<string | number | boolean | null>({
        type: ['string', 'number', 'boolean', 'null'],
        maxLength: LONGEST_VALUE,
        description: 'For every type but the selects.',
      }),
    ),
    optionIds: opt(
      nullable(
        Type.Array(Type.Object({ id: id() }), { maxItems: MOST_OPTIONS, description: 'For the selects.' }),
      ),
    ),
    name: ignored(),
    type: ignored(),
    options: ignored(),
    required: ignored(),
    askedAtRegistration: ignored(),
    createdAt: ignored(),
    createdBy: ignored(),
    updatedAt: ignored(),
    updatedBy: ignored(),
  }),
);

const name = text(500, { minLength: 1 });
const type = Type.Unsafe<EventType>({ type: 'string', enum: keysOf(EVENT_TYPES) });
const input = {
  timezone: opt(TimeZoneInput),
  end: opt(nullable(ClockInput)),
  description: opt(nullable(text(50_000))),
  status: opt(nullable(oneOf(EVENT_STATUSES))),
  locationType: opt(nullable(Type.Unsafe<LocationType>({ type: 'string', enum: keysOf(LOCATION_TYPES) }))),
  locationUrl: address(),
  location: opt(nullable(LocationInput)),
  image: opt(nullable(Type.Object({ name: line(), url: address() }))),
  owner: opt(
    nullable(
      Type.Object({
        id: opt(nullable(id())),
        firstName: ignored(),
        lastName: ignored(),
        fullName: ignored(),
      }),
    ),
  ),
  customFields: opt(nullable(Type.Array(ValueInput, { maxItems: MOST_VALUES }))),
  id: ignored(),
  companyId: ignored(),
  metrics: ignored(),
  relations: ignored(),
  createdAt: ignored(),
  createdBy: ignored(),
  updatedAt: ignored(),
  updatedBy: ignored(),
  cancelledAt: ignored(),
  cancelledBy: ignored(),
  deletedAt: ignored(),
  deletedBy: ignored(),
};

export const NewEvent = named('NewAttractEvent', Type.Object({ ...input, name, type, start: ClockInput }));
export const EventChange = named(
  'AttractEventChange',
  Type.Object({ ...input, name: opt(name), type: opt(type), start: opt(ClockInput) }),
);
export const EventClone = named(
  'AttractEventClone',
  Type.Object({ name: opt(name), start: ClockInput, end: opt(nullable(ClockInput)) }),
);

const Clock = named(
  'AttractEventTime',
  Type.Object({ date: Type.String(), time: Type.String(), timestamp: moment() }),
);
const Location = named(
  'AttractEventLocation',
  Type.Object({
    ...Object.fromEntries(ADDRESS_PARTS.map((part) => [part, opt(Type.String())])),
    geoPoint: opt(Type.Object({ lat: Type.Number(), lon: Type.Number() })),
    lat: opt(Type.Number()),
    lng: opt(Type.Number()),
  }),
);
const Value = named(
  'AttractEventCustomField',
  Type.Object({
    id: id(),
    name: Type.String(),
    type: oneOf(FIELD_TYPES),
    options: Type.Array(Type.Object({ id: Type.String(), label: Type.String() })),
    required: Type.Boolean(),
    askedAtRegistration: Type.Boolean(),
    optionIds: Type.Array(Type.Object({ id: Type.String() })),
    value: opt(Type.String()),
    createdAt: moment(),
    createdBy: opt(id()),
    updatedAt: moment(),
    updatedBy: opt(id()),
  }),
);
const counts = Object.fromEntries(STEP_IDS.map((step) => [step, Type.Integer()]));
const Flow = named(
  'AttractEventFlow',
  Type.Object({
    id: Type.String(),
    latestPublishedSlug: Type.String(),
    publicUrl: Type.String(),
    status: oneOf(EVENT_STATUSES),
  }),
);

export const AttractEvent = named(
  'AttractEvent',
  Type.Object({
    id: id(),
    companyId: Type.String(),
    name: Type.String(),
    type,
    status: oneOf(EVENT_STATUSES),
    description: opt(Type.String()),
    locationType: opt(oneOf(keysOf(LOCATION_TYPES))),
    locationUrl: opt(Type.String()),
    location: opt(Location),
    image: opt(Type.Object({ name: opt(Type.String()), url: opt(Type.String()) })),
    timezone: Type.Object({ id: Type.String(), name: Type.String(), value: Type.String() }),
    start: Clock,
    end: opt(Clock),
    owner: opt(
      Type.Object({
        id: id(),
        firstName: opt(Type.String()),
        lastName: opt(Type.String()),
        fullName: opt(Type.String()),
      }),
    ),
    customFields: Type.Array(Value),
    metrics: Type.Object({
      attendanceRate: Type.Number({ description: 'Attended by registered, to three decimals.' }),
      funnel: Type.Object(counts, { description: 'How many reached at least each step.' }),
      funnelList: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), count: Type.Integer() })),
    }),
    relations: Type.Object({
      flowReg: Flow,
      flowCheckIn: opt({ ...Flow, description: 'For whoever may change events.' }),
    }),
    createdAt: moment(),
    createdBy: opt(id()),
    updatedAt: moment(),
    updatedBy: opt(id()),
    cancelledAt: opt(moment()),
    cancelledBy: opt(id()),
    deletedAt: opt(moment()),
    deletedBy: opt(id()),
  }),
);

export const EventSearch = named(
  'AttractEventSearch',
  Type.Object({
    data: opt(
      nullable(
        Type.Array(Type.Unknown(), {
          description:
            'Queries, of which one must hold; each an object of conditions {op, value} by field, which must all hold.',
        }),
      ),
    ),
    limit: opt(nullable(Type.Integer({ minimum: 0, maximum: 200, description: '20 unless given.' }))),
    skip: opt(nullable(Type.Integer({ minimum: 0, maximum: 2_147_483_647 }))),
    sortDir: opt(nullable(oneOf(['ASC', 'DESC']))),
    sortFieldId: opt(nullable(Type.String({ maxLength: 100, description: 'start/timestamp unless given.' }))),
  }),
);
export const AttractEvents = named(
  'AttractEvents',
  Type.Object({ data: Type.Array(AttractEvent), total: Type.Integer() }),
);
export const Types = Type.Array(Type.Object({ id: Type.String(), label: Type.String() }));
export const EventParams = Type.Object({ attractEventId: id() });
