import { isWebLink } from '../contacts/identity-keys.ts';
import { invalid } from '../platform/problem.ts';
import { trimmed } from '../platform/trimmed.ts';
import type { EventContent } from './event.ts';
import type { EventInput } from './event-input.ts';
import { addressOf, geoPointOf } from './location.ts';
import { decidedMoment } from './schedule.ts';
import { timeZoneId } from './time-zone.ts';

/** What a new event is before its input. */
export interface Blank {
  ownerId: string;
  /** The company's. */
  timezone: string;
}

/** What a new event says. `now` is ISO 8601 UTC. Throws a 400 that names the field. */
export function newEvent(input: EventInput, blank: Blank, by: string, now: string): EventContent {
  const { name, type, start } = input;
  if (name === undefined) throw invalid('name', 'is required');
  if (type === undefined) throw invalid('type', 'is required');
  if (start === undefined) throw invalid('start', 'is required');
  const timezone = input.timezone ? timeZoneId(input.timezone) : blank.timezone;
  const empty: EventContent = {
    name,
    type,
    description: null,
    status: 'published',
    locationType: null,
    locationUrl: null,
    address: {},
    point: undefined,
    image: null,
    timezone,
    startAt: decidedMoment('start', start, timezone),
    endAt: input.end ? decidedMoment('end', input.end, timezone) : null,
    ownerId: blank.ownerId,
    cancelledAt: null,
    cancelledBy: null,
  };
  const owned = input.owner === null ? { ...input, owner: {} } : input;
  return changedEvent(empty, owned, { blank, by, now });
}

/** What an event says after a change: what the input does not name stays, null clears. */
export function changedEvent(
  before: EventContent,
  input: EventInput,
  { blank, by, now }: { blank: Blank; by: string; now: string },
): EventContent {
  const timezone =
    input.timezone === undefined
      ? before.timezone
      : input.timezone === null
        ? blank.timezone
        : timeZoneId(input.timezone);
  const at = (path: 'start' | 'end', moment: string | null) => {
    const given = input[path] ?? {};
    return decidedMoment(
      path,
      given,
      timezone,
      moment === null ? undefined : { moment, timezone: before.timezone },
    );
  };
  const startAt = at('start', before.startAt);
  const unset = input.end === null || (input.end === undefined && before.endAt === null);
  const endAt = unset ? null : at('end', before.endAt);
  if (endAt !== null && endAt < startAt) throw invalid('end', 'must not be before start');
  return {
    name: input.name === undefined ? before.name : trimmed('name', input.name),
    type: input.type ?? before.type,
    description: text(before.description, input.description),
    ...statusAfter(before, input.status, by, now),
    locationType: input.locationType === undefined ? before.locationType : input.locationType,
    locationUrl: link('locationUrl', text(before.locationUrl, input.locationUrl)),
    ...locationAfter(before, input.location),
    image: input.image === undefined ? before.image : imageOf(input.image),
    timezone,
    startAt,
    endAt,
    ownerId:
      input.owner === undefined
        ? before.ownerId
        : input.owner === null
          ? null
          : (input.owner.id?.toLowerCase() ?? before.ownerId),
  };
}

/** An event as it is after it was cancelled. */
export function cancelled(before: EventContent, by: string, now: string): EventContent {
  return { ...before, ...statusAfter(before, 'cancelled', by, now) };
}

function statusAfter(before: EventContent, given: EventInput['status'], by: string, now: string) {
  const { status, cancelledAt, cancelledBy } = before;
  const after = given === undefined ? status : (given ?? 'published');
  if (after === status) return { status, cancelledAt, cancelledBy };
  return after === 'cancelled'
    ? { status: after, cancelledAt: now, cancelledBy: by }
    : { status: after, cancelledAt: null, cancelledBy: null };
}

function locationAfter(
  before: EventContent,
  input: EventInput['location'],
): Pick<EventContent, 'address' | 'point'> {
  if (input === undefined) return { address: before.address, point: before.point };
  const address = addressOf(input ?? {});
  link('location.url', address.url ?? null);
  return { address, point: geoPointOf(input ?? {}, before.point) };
}

function imageOf(input: EventInput['image']): EventContent['image'] {
  const name = input?.name?.trim();
  const url = link('image.url', input?.url?.trim() || null);
  return name || url ? { ...(name ? { name } : {}), ...(url ? { url } : {}) } : null;
}

function text(before: string | null, given: string | null | undefined): string | null {
  return given === undefined ? before : given?.trim() || null;
}

/** Pages and mails make links of these. */
function link(path: string, url: string | null): string | null {
  if (url !== null && !isWebLink(url)) throw invalid(path, 'must be a web address');
  return url;
}
