import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../test/fuzz/hostile.ts';
import { calendarFile } from './calendar-file.ts';
import { publicEvent } from './fixtures/public-event.ts';
import type { Confirmation, PublicEvent } from './registration.ts';

const TICKET = 'https://crm.example.org/ticket/1.abc';

function fileOf(event: Partial<PublicEvent> = {}, more: Partial<Confirmation> = {}): string {
  return calendarFile(
    { to: 'a@b.example', name: 'Anna', event: publicEvent(event), ticketUrl: TICKET, ...more },
    'en',
  );
}

/** Content lines by their names, unfolded; parameters stay with the value. */
function linesOf(file: string): Map<string, string> {
  const unfolded = file.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
  return new Map(
    unfolded.map((line) => {
      const [, name, value] = /^([A-Z-]+)[:;](.*)$/su.exec(line)!;
      return [name!, value!];
    }),
  );
}

/** RFC 5545 §3.3.11. */
const unescaped = (text: string) =>
  text.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));

describe('the calendar file', () => {
  it('holds the event, in UTC, under an id that stays', () => {
    const lines = linesOf(fileOf());
    expect(Object.fromEntries(lines)).toMatchObject({
      VERSION: '2.0',
      METHOD: 'PUBLISH',
      UID: '0198c0de-0000-7000-8000-000000000001@headwater',
      DTSTART: '20261205T170000Z',
      DTEND: '20261205T210000Z',
      SUMMARY: 'Career Night',
      LOCATION: 'Hall 3\\, Am Sandtorkai 36\\, 20457 Hamburg',
      ORGANIZER: 'CN="Nordwind Robotik":mailto:no-reply@crm.example.org',
      URL: `VALUE=URI:${TICKET}`,
      STATUS: 'CONFIRMED',
    });
    expect(lines.get('DTSTAMP')).toMatch(/^\d{8}T\d{6}Z$/);
    expect(fileOf().endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true);
  });

  it('says nothing of what is not known', () => {
    const { description, endAt, ...event } = publicEvent({ place: [] });
    const file = calendarFile({ to: 'a@b.example', name: 'A', event, ticketUrl: TICKET }, 'en');
    expect(file).not.toMatch(/^(DTEND|DURATION|LOCATION)/m);
    expect(unescaped(linesOf(file).get('DESCRIPTION')!)).toBe(TICKET);
  });

  it('says how to join', () => {
    const lines = linesOf(fileOf({ online: true, place: [] }, { link: 'https://meet.example/a,b;c' }));
    expect(lines.get('LOCATION')).toBe('Online');
    expect(unescaped(lines.get('DESCRIPTION')!)).toContain('\n\nhttps://meet.example/a,b;c\n\n');
  });

  it.each([
    ['commas, semicolons and backslashes', 'a, b; c\\n \\, d'],
    ['line breaks', 'one\ntwo\n\nfour'],
    ['emoji and accents', '👩‍👩‍👧‍👦 Ève 中村 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    [
      'ten thousand characters',
      'Größe, Weite; Höhe 🎉\n'.repeat(500).slice(0, 10_000).toWellFormed().trimEnd(),
    ],
    ['what looks like the end', 'x\nEND:VEVENT\nEND:VCALENDAR\nBEGIN:VEVENT'],
  ])('keeps %s as they are, in lines of at most 75 octets', (_name, text) => {
    const file = fileOf({ description: text, name: text, place: [text] });
    const lines = linesOf(file);
    expect(unescaped(lines.get('DESCRIPTION')!)).toBe(`${text}\n\n${TICKET}`);
    expect(unescaped(lines.get('SUMMARY')!)).toBe(text);
    expect(unescaped(lines.get('LOCATION')!)).toBe(text);
    expect(file.match(/^END:VEVENT/gm)).toHaveLength(1);
    for (const line of file.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toMatch(/[\r\n]/);
    }
  });

  it('is a file whatever people wrote', () => {
    for (const text of HOSTILE_TEXTS) {
      const file = fileOf({ company: text, name: text, description: text, place: [text] });
      expect([...linesOf(file).keys()]).toEqual([...linesOf(fileOf()).keys()]);
      expect(file).not.toMatch(/[^\P{Cc}\r\n\t]/u);
    }
  });
});
