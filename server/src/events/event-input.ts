import type { EventType, LocationType, WRITTEN_STATUSES } from './event-types.ts';
import type { LocationInput } from './location.ts';
import type { ClockInput } from './schedule.ts';
import type { TimeZoneInput } from './time-zone.ts';

/** What a client says of an event: absent = as it is, null = cleared. */
export interface EventInput {
  name?: string;
  type?: EventType;
  start?: ClockInput;
  end?: ClockInput | null;
  timezone?: TimeZoneInput | null;
  description?: string | null;
  status?: (typeof WRITTEN_STATUSES)[number] | 'cancelled' | null;
  locationType?: LocationType | null;
  locationUrl?: string | null;
  location?: LocationInput | null;
  image?: { name?: string | null; url?: string | null } | null;
  owner?: { id?: string | null } | null;
  customFields?: ValueInput[] | null;
}

/** A value of a custom field: `optionIds` for the select types, `value` for the others. */
export interface ValueInput {
  id: string;
  value?: string | number | boolean | null;
  optionIds?: { id: string }[] | null;
}
