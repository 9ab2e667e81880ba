import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { readPage } from '../../../platform/http/fixtures/read-page.ts';
import type { Language } from '../../../platform/http/language.ts';
import { publicEvent } from '../fixtures/public-event.ts';
import type { PublicEvent } from '../registration.ts';
import { LOCAL_TIME_SCRIPT, localTimeLine } from './local-time-script.ts';

/** What the line says in a browser whose clock is that of `zone`. */
function said(zone: string, event: Partial<PublicEvent> = {}, language: Language = 'en'): string {
  const { attributes } = readPage(localTimeLine(publicEvent(event), language)).elements[0]!;
  expect(attributes).toHaveProperty('hidden');
  const dataset = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name.replace(/^data-/, ''), value]),
  );
  const line = { dataset, hidden: true, textContent: '' };
  runInNewContext(LOCAL_TIME_SCRIPT, {
    Date,
    document: { getElementById: (id: string) => (id === attributes.id ? line : null) },
    Intl: {
      DateTimeFormat: (locale?: string, options?: Intl.DateTimeFormatOptions) =>
        new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }),
    },
  });
  return line.hidden ? '' : line.textContent;
}

describe('the visitor’s own time', () => {
  it('is said where it differs', () => {
    expect(said('America/New_York')).toBe('That is 12:00–16:00 in your time zone (New York).');
    expect(said('America/New_York', {}, 'de')).toBe('Das ist 12:00–16:00 in Ihrer Zeitzone (New York).');
  });

  it('is not said where the clocks agree, whatever the zone is called', () => {
    for (const zone of ['Europe/Berlin', 'Europe/Paris', 'Africa/Algiers']) expect(said(zone)).toBe('');
  });

  it('is said with the day where that differs', () => {
    expect(said('Asia/Tokyo')).toBe('That is Sunday 6 December, 02:00–06:00 in your time zone (Tokyo).');
    expect(said('Asia/Karachi')).toBe(
      'That is 22:00 – Sunday 6 December, 02:00 in your time zone (Karachi).',
    );
  });

  it('is said without an end where there is none', () => {
    const { endAt, ...event } = publicEvent();
    expect(endAt).toBeDefined();
    const line = readPage(localTimeLine(event, 'en')).elements[0]!;
    expect(line.attributes['data-end']).toBe('');
    expect(said('Europe/London', { endAt: event.startAt })).toBe('That is 17:00 in your time zone (London).');
  });
});
