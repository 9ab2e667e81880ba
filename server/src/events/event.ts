import type { Actor } from '../identity/actor.ts';
import { seesUser } from '../identity/find-user.ts';
import { allows } from '../identity/permissions.ts';
import { type EventField, fieldWire } from './custom-fields/field.ts';
import { type FieldValue, valueWire } from './custom-fields/field-value.ts';
import { checkInUrl, publicSlug, registrationUrl } from './event-links.ts';
import type { EventStatus, EventType, LocationType } from './event-types.ts';
import { type Address, type GeoPoint, locationWire } from './location.ts';
import { metricsOf, type Standing } from './metrics.ts';
import { clockOf } from './schedule.ts';
import { timeZoneName } from './time-zone.ts';

export interface EventOwner {
  id: string;
  firstName: string | null;
  lastName: string | null;
}

/** What an event says itself. Moments are ISO 8601 UTC. */
export interface EventContent {
  name: string;
  type: EventType;
  description: string | null;
  status: EventStatus;
  locationType: LocationType | null;
  locationUrl: string | null;
  address: Address;
  point: GeoPoint | undefined;
  image: { name?: string; url?: string } | null;
  timezone: string;
  startAt: string;
  endAt: string | null;
  ownerId: string | null;
  cancelledAt: string | null;
  cancelledBy: string | null;
}

/** An event with what was read beside it. */
export interface Event extends EventContent {
  id: string;
  companyId: number;
  createdAt: string;
  createdBy: string | null;
  updatedAt: string;
  updatedBy: string | null;
  deletedAt: string | null;
  deletedBy: string | null;
  slugs: { registration: string; checkIn: string };
  owner: EventOwner | null;
  values: { field: EventField; value: FieldValue }[];
  standing: Standing;
}

/** What the event says itself, without what was read beside it. */
export function contentOf({
  name,
  type,
  description,
  status,
  locationType,
  locationUrl,
  address,
  point,
  image,
  timezone,
  startAt,
  endAt,
  ownerId,
  cancelledAt,
  cancelledBy,
}: Event): EventContent {
  return {
    ...{ name, type, description, status, locationType, locationUrl, address, point, image },
    ...{ timezone, startAt, endAt, ownerId, cancelledAt, cancelledBy },
  };
}

/** An event as far as a reader may know it. */
export interface SeenEvent extends Omit<Event, 'slugs'> {
  slugs: { registration: string; checkIn?: string };
}

/**
 * The event for a reader: the link to the check-in page, which shows who registered and lets whoever has it check people
 * in, is for those who may change events.
 */
export function seenBy(actor: Actor, event: Event): SeenEvent {
  const owner = event.owner && seesUser(actor, event.owner.id) ? event.owner : nameless(event.owner);
  if (allows(actor.rights, 'events.write')) return { ...event, owner };
  return { ...event, owner, slugs: { registration: event.slugs.registration } };
}

/** Whoever sees no users sees whose a record is, and not who that is. */
function nameless(owner: EventOwner | null): EventOwner | null {
  return owner && { id: owner.id, firstName: null, lastName: null };
}

/** The event as /v1 answers it. */
export function eventWire(event: SeenEvent, publicUrl: string) {
  const { id, companyId, timezone, slugs, owner } = event;
  return withoutNull({
    id,
    companyId: String(companyId),
    name: event.name,
    type: event.type,
    status: event.status,
    description: event.description,
    locationType: event.locationType,
    locationUrl: event.locationUrl,
    location: locationWire(event.address, event.point),
    image: event.image,
    timezone: { id: timezone, name: timeZoneName(timezone), value: timezone },
    start: clockOf(event.startAt, timezone),
    end: event.endAt === null ? null : clockOf(event.endAt, timezone),
    owner: owner && ownerWire(owner),
    customFields: event.values.map(({ field, value }) => ({
      ...fieldWire(field),
      ...valueWire(field, value),
    })),
    metrics: metricsOf(event.standing),
    relations: {
      flowReg: flowWire(event, 'registration', slugs.registration, (slug) =>
        registrationUrl(publicUrl, slug),
      ),
      ...(slugs.checkIn === undefined
        ? {}
        : { flowCheckIn: flowWire(event, 'check-in', slugs.checkIn, (slug) => checkInUrl(publicUrl, slug)) }),
    },
    createdAt: event.createdAt,
    createdBy: event.createdBy,
    updatedAt: event.updatedAt,
    updatedBy: event.updatedBy,
    cancelledAt: event.cancelledAt,
    cancelledBy: event.cancelledBy,
    deletedAt: event.deletedAt,
    deletedBy: event.deletedBy,
  });
}

function flowWire(
  { id, companyId, status }: SeenEvent,
  flow: 'registration' | 'check-in',
  ownSlug: string,
  urlOf: (slug: string) => string,
) {
  const slug = publicSlug(companyId, ownSlug);
  return { id: `${id}-${flow}`, latestPublishedSlug: slug, publicUrl: urlOf(slug), status };
}

function ownerWire({ id, firstName, lastName }: EventOwner) {
  const fullName = [firstName, lastName].filter(Boolean).join(' ');
  return withoutNull({ id, firstName, lastName, fullName: fullName || null });
}

function withoutNull<T extends object>(wire: T) {
  return Object.fromEntries(
    Object.entries(wire).filter(([, value]) => value !== null && value !== undefined),
  ) as {
    [K in keyof T]: NonNullable<T[K]>;
  };
}
