import { describe, expect, it } from 'vitest';
import { momentInWords, webAddress, whenInWords, whereInWords } from './event-words.ts';

const berlin = (startAt: string, endAt?: string) => ({
  startAt,
  timezone: 'Europe/Berlin',
  ...(endAt ? { endAt } : {}),
});

describe('when an event is, in words', () => {
  it('one day, by the clocks of its own time zone', () => {
    const event = berlin('2026-12-05T08:00:00.000Z', '2026-12-05T16:00:00.000Z');
    expect(whenInWords(event, 'de')).toBe(
      'Samstag, 5. Dezember 2026, 09:00–17:00 Uhr (Mitteleuropäische Zeit)',
    );
    expect(whenInWords(event, 'en')).toBe('Saturday, 5 December 2026, 09:00–17:00 (Central European Time)');
    expect(whenInWords({ ...event, timezone: 'America/New_York' }, 'en')).toBe(
      'Saturday, 5 December 2026, 03:00–11:00 (Eastern Time)',
    );
  });

  it('without an end, or with one at the start', () => {
    const startAt = '2026-07-01T16:30:00.000Z';
    for (const event of [berlin(startAt), berlin(startAt, startAt)]) {
      expect(whenInWords(event, 'de')).toBe('Mittwoch, 1. Juli 2026, 18:30 Uhr (Mitteleuropäische Zeit)');
    }
  });

  it('over midnight, to midnight, and over several days', () => {
    expect(whenInWords(berlin('2026-12-31T21:00:00.000Z', '2027-01-01T01:00:00.000Z'), 'en')).toBe(
      'Thursday, 31 December 2026, 22:00 – Friday, 1 January 2027, 02:00 (Central European Time)',
    );
    expect(whenInWords(berlin('2026-12-05T18:00:00.000Z', '2026-12-05T23:00:00.000Z'), 'en')).toBe(
      'Saturday, 5 December 2026, 19:00 – Sunday, 6 December 2026, 00:00 (Central European Time)',
    );
    expect(whenInWords(berlin('2026-06-01T07:00:00.000Z', '2026-06-03T15:00:00.000Z'), 'de')).toBe(
      'Montag, 1. Juni 2026, 09:00 Uhr – Mittwoch, 3. Juni 2026, 17:00 Uhr (Mitteleuropäische Zeit)',
    );
  });

  it('on the days when the clocks change', () => {
    expect(whenInWords(berlin('2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z'), 'en')).toBe(
      'Sunday, 29 March 2026, 01:30–03:30 (Central European Time)',
    );
    expect(whenInWords(berlin('2026-10-24T22:00:00.000Z', '2026-10-25T04:00:00.000Z'), 'en')).toBe(
      'Sunday, 25 October 2026, 00:00–05:00 (Central European Time)',
    );
  });

  it.each([
    ['UTC', 'en', '12:00 (Coordinated Universal Time)'],
    ['UTC', 'de', '12:00 Uhr (Koordinierte Weltzeit)'],
    ['Asia/Kathmandu', 'en', '17:45 (Nepal Time)'],
    ['America/New_York', 'de', '07:00 Uhr (Nordamerikanische Ostküstenzeit)'],
    ['Etc/GMT+5', 'en', '07:00 (GMT-05:00)'],
  ] as const)('names the time zone: %s in %s', (timezone, language, expected) => {
    const words = whenInWords({ startAt: '2026-12-05T12:00:00.000Z', timezone }, language);
    expect(words.endsWith(`, ${expected}`)).toBe(true);
  });
});

describe('a moment of the event, in words', () => {
  const event = berlin('2026-12-05T08:00:00.000Z');

  it('is a time on its day, with the date on another', () => {
    expect(momentInWords(event, 'en')('2026-12-05T08:12:59.999Z')).toBe('09:12');
    expect(momentInWords(event, 'de')('2026-12-05T08:12:00.000Z')).toBe('09:12 Uhr');
    expect(momentInWords(event, 'en')('2026-12-05T23:30:00.000Z')).toBe('6 Dec, 00:30');
    expect(momentInWords(event, 'de')('2026-12-04T08:12:00.000Z')).toBe('4. Dez., 09:12 Uhr');
  });
});

describe('where an event is, in words', () => {
  it('is its place, or online, or both', () => {
    expect(whereInWords({ place: ['Hall 3'], online: false }, 'en')).toEqual(['Hall 3']);
    expect(whereInWords({ place: [], online: true }, 'de')).toEqual(['Online']);
    expect(whereInWords({ place: ['Hall 3'], online: true }, 'en')).toEqual(['Hall 3', 'Online']);
  });
});

describe('an address that a browser may follow', () => {
  it.each(['https://meet.example/x?a=1&b=2', 'http://meet.example/'])('is %s', (url) => {
    expect(webAddress(url)).toBe(url);
  });

  it.each([
    undefined,
    '',
    'meet.example',
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'mailto:a@b.c',
  ])('is not %s', (text) => {
    expect(webAddress(text)).toBeUndefined();
  });
});
