import { describe, expect, it } from 'vitest';
import { cancelled, changedEvent, newEvent } from './changed-event.ts';
import type { EventContent } from './event.ts';
import type { EventInput } from './event-input.ts';

const [ME, BEFORE, NOW] = ['me', '2026-01-01T00:00:00.000Z', '2026-02-02T00:00:00.000Z'];
const blank = { ownerId: ME, timezone: 'Europe/Berlin' };
const START = { timestamp: '2026-05-05T07:00:00Z' };
const required: EventInput = { name: 'Fair', type: 'careerFair', start: START };
const made = (more: EventInput = {}) => newEvent({ ...required, ...more }, blank, ME, BEFORE);
const changed = (before: EventContent, input: EventInput) =>
  changedEvent(before, input, { blank, by: 'someone', now: NOW });

describe('a new event', () => {
  it('is published, in the time zone of the company, and its maker’s', () => {
    expect(made()).toEqual({
      name: 'Fair',
      type: 'careerFair',
      description: null,
      status: 'published',
      locationType: null,
      locationUrl: null,
      address: {},
      point: undefined,
      image: null,
      timezone: 'Europe/Berlin',
      startAt: '2026-05-05T07:00:00.000Z',
      endAt: null,
      ownerId: ME,
      cancelledAt: null,
      cancelledBy: null,
    });
  });

  it.each(['name', 'type', 'start'] as const)('wants %s', (name) => {
    const { [name]: _, ...rest } = required;
    expect(() => newEvent(rest, blank, ME, BEFORE)).toThrow(`${name}: is required`);
  });

  it('is as new where null says nothing', () => {
    const nothing = { timezone: null, end: null, description: null, status: null, locationType: null };
    const more = { locationUrl: null, location: null, image: null, owner: null, customFields: null };
    expect(made({ ...nothing, ...more })).toEqual(made());
  });

  it('reads start and end in its own time zone', () => {
    const clock = { date: '2026-05-05', time: '09:00' };
    const { startAt, endAt } = made({
      timezone: 'asia/tokyo',
      start: clock,
      end: { ...clock, time: '10:00' },
    });
    expect([startAt, endAt]).toEqual(['2026-05-05T00:00:00.000Z', '2026-05-05T01:00:00.000Z']);
  });

  it('may be cancelled from the start, and says since when and by whom', () => {
    expect(made({ status: 'cancelled' })).toMatchObject({ cancelledAt: BEFORE, cancelledBy: ME });
    expect(made({ status: 'draft' })).toMatchObject({
      status: 'draft',
      cancelledAt: null,
      cancelledBy: null,
    });
  });

  it('may end when it begins, not before', () => {
    expect(made({ end: START }).endAt).toBe('2026-05-05T07:00:00.000Z');
    expect(() => made({ end: { timestamp: '2026-05-05T06:59:59.999Z' } })).toThrow(
      /^end: must not be before start/,
    );
  });
});

describe('a changed event', () => {
  const full = made({
    end: { timestamp: '2026-05-05T09:00:00Z' },
    description: 'About it',
    locationType: 'physical',
    locationUrl: 'https://meet.example/1',
    location: { city: 'Oslo', lat: 1, lng: 2 },
    image: { name: 'Hall', url: 'https://img.example/1.png' },
  });

  it('stays as it is where nothing is said', () => {
    expect(changed(full, {})).toEqual(full);
    expect(changed(full, { start: {}, end: {} })).toEqual(full);
  });

  it.each<[EventInput, Partial<EventContent>]>([
    [{ name: ' Meetup ' }, { name: 'Meetup' }],
    [{ description: ' \n ' }, { description: null }],
    [{ description: null }, { description: null }],
    [{ end: null }, { endAt: null }],
    [{ status: null, locationType: null }, { locationType: null }],
    [{ locationUrl: '' }, { locationUrl: null }],
    [{ locationUrl: null }, { locationUrl: null }],
    [{ location: null }, { address: {}, point: undefined }],
    [{ location: { country: 'Norway' } }, { address: { country: 'Norway' }, point: undefined }],
    [{ image: null }, { image: null }],
    [{ image: { name: null, url: ' ' } }, { image: null }],
    [{ image: { name: 'Yard' } }, { image: { name: 'Yard' } }],
    [{ owner: null }, { ownerId: null }],
    [{ owner: {} }, {}],
    [{ owner: { id: null } }, {}],
    [{ owner: { id: 'ABC' } }, { ownerId: 'abc' }],
  ])('by %j', (input, difference) => {
    expect(changed(full, input)).toEqual({ ...full, ...difference });
  });

  it('keeps its times of day in another time zone, and in the company’s again', () => {
    const moved = changed(full, { timezone: 'America/New_York' });
    expect([moved.startAt, moved.endAt]).toEqual(['2026-05-05T13:00:00.000Z', '2026-05-05T15:00:00.000Z']);
    expect(changed(moved, { timezone: null })).toEqual(full);
  });

  it('does not end before it begins, whichever of the two moves', () => {
    expect(() => changed(full, { start: { date: '2026-05-06' } })).toThrow(/^end: must not be before start/);
    expect(() => changed(full, { end: { time: '08:59' } })).toThrow(/^end: must not be before start/);
    expect(changed(full, { start: { date: '2026-05-06' }, end: { date: '2026-05-06' } }).endAt).toBe(
      '2026-05-06T09:00:00.000Z',
    );
    expect(changed(full, { start: { date: '2026-05-06' }, end: null }).endAt).toBeNull();
  });

  it('is cancelled once, and no longer where it is published', () => {
    const gone = cancelled(full, 'me', BEFORE);
    expect(gone).toEqual({ ...full, status: 'cancelled', cancelledAt: BEFORE, cancelledBy: 'me' });
    expect(cancelled(gone, 'someone', NOW)).toEqual(gone);
    expect(changed(gone, { status: 'cancelled' })).toEqual(gone);
    for (const status of ['published', null] as const) expect(changed(gone, { status })).toEqual(full);
    expect(changed(gone, { status: 'draft' })).toEqual({ ...full, status: 'draft' });
    expect(changed(full, { status: 'cancelled' })).toMatchObject({
      cancelledAt: NOW,
      cancelledBy: 'someone',
    });
  });
});

describe('an address on the web', () => {
  const links = {
    locationUrl: (url: string) => ({ locationUrl: url }),
    'location.url': (url: string) => ({ location: { url } }),
    'image.url': (url: string) => ({ image: { url } }),
  };

  it.each(Object.entries(links))('at %s is http, https, or says no scheme', (_path, input) => {
    for (const url of [
      'https://x.example/a?b#c',
      'HTTP://x.example',
      'x.example/a',
      'x.example:8080/a',
      ' x.example ',
    ])
      expect(() => made(input(url))).not.toThrow();
  });

  it.each(Object.entries(links))(
    'at %s is nothing that a browser would run or fetch otherwise',
    (path, input) => {
      for (const url of [
        'javascript:alert(1)',
        'JavaScript:alert(1)',
        ' javascript:alert(1)',
        'javascript:0/alert(1)',
        'javascript:1',
        'java\nscript:alert(1)',
        'java\tscript:alert(1)',
        '\u0001javascript:alert(1)',
        'vbscript:x',
        'data:text/html,x',
        'data:0/x',
        'file:///etc/passwd',
        'mailto:a@x.example',
        'ftp://x.example',
        'blob:https://x.example/1',
        `https://${'x'.repeat(300)}.example`,
      ])
        expect(() => made(input(url))).toThrow(`${path}: must be a web address`);
    },
  );
});
