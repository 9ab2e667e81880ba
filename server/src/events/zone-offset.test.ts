import fc from 'fast-check';
import { expect, it } from 'vitest';
import { zoneOffset } from './zone-offset.ts';

const ZONES =
  `UTC Europe/Berlin America/New_York Asia/Kolkata Africa/Casablanca Australia/Lord_Howe Pacific/Apia
  America/Caracas Europe/London Etc/GMT+5 Asia/Gaza Antarctica/Troll`.split(/\s+/);
const zoned = (zone: string, moment: number) =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone);

it('is what Temporal says, at any moment', () => {
  const moments = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) });
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.oneof(moments, fc.integer({ min: 0, max: 2e12 })),
      (zone, moment) => {
        expect(zoneOffset(zone, moment)).toBe(zoned(zone, moment).offsetNanoseconds / 1e6);
      },
    ),
    { numRuns: 2_000 },
  );
});

it('changes at the millisecond at which the clocks do', () => {
  const change = zoned('Europe/Berlin', Date.UTC(2026, 0, 1)).getTimeZoneTransition(
    'next',
  )!.epochMilliseconds;
  expect([-1, 0, 1].map((by) => zoneOffset('Europe/Berlin', change + by) / 3_600_000)).toEqual([1, 2, 2]);
  expect([1, 0, -1].map((by) => zoneOffset('Europe/Berlin', change + by) / 3_600_000)).toEqual([2, 2, 1]);
});
