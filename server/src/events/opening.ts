import type { LinkedEvent } from './public-event-store.ts';
import type { Closed, PublicEvent } from './registration/registration.ts';

/** How long after its end an event's door is open, for what was not typed in at once. */
const DOOR_DAYS = 7;
const DAY = 86_400_000;

/** Why an event takes no registration; undefined where it takes some. */
export function registrationClosed({ status, deleted, shown }: LinkedEvent, now: Date): Closed | undefined {
  if (deleted) return 'deleted';
  if (status !== 'published') return status;
  return endOf(shown) <= now.getTime() ? 'past' : undefined;
}

/** Why nobody is checked in; undefined where people are. */
export function doorClosed(
  event: LinkedEvent,
  now: Date,
): 'draft' | 'cancelled' | 'deleted' | 'over' | undefined {
  const why = registrationClosed(event, now);
  if (why !== 'past') return why;
  return endOf(event.shown) + DOOR_DAYS * DAY <= now.getTime() ? 'over' : undefined;
}

/** Milliseconds since 1970. Without an end, an event lasts until the end of its day, where it is. */
function endOf({ startAt, endAt, timezone }: PublicEvent): number {
  if (endAt !== undefined) return Date.parse(endAt);
  const day = Temporal.Instant.from(startAt).toZonedDateTimeISO(timezone).startOfDay();
  return day.add({ days: 1 }).epochMilliseconds;
}
