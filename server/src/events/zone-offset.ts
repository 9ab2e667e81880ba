const NANOSECONDS = 1_000_000;
/** The stretches of each zone that were asked for. */
const stretches = new Map<string, Stretch[]>();
/** A zone changes its clocks twice a year; this is a century of it. */
const MOST = 200;

/** In milliseconds. */
interface Stretch {
  from: number;
  until: number;
  offset: number;
}

/**
 * How far a zone's clocks are ahead of UTC at a moment, both in milliseconds. What Temporal knows of a zone is looked up
 * once for each stretch between two changes of its clocks.
 */
export function zoneOffset(timezone: string, moment: number): number {
  const known = stretches.get(timezone) ?? [];
  const there = known.find(({ from, until }) => from <= moment && moment < until);
  if (there) return there.offset;
  const found = stretchAt(timezone, moment);
  stretches.set(timezone, known.length < MOST ? [...known, found] : [found]);
  return found.offset;
}

function stretchAt(timezone: string, moment: number): Stretch {
  const at = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timezone);
  // 'previous' is before the moment, also where that is one.
  const next = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: next?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: at.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: at.offsetNanoseconds / NANOSECONDS,
  };
}
