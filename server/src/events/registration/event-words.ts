import type { Language } from '../../platform/http/language.ts';
import type { PublicEvent } from './registration.ts';

type Timed = Pick<PublicEvent, 'startAt' | 'endAt' | 'timezone'>;

/** British: the order of day and month that most of the world reads, and a clock of 24 hours. */
const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de' };
const OCLOCK: Record<Language, string> = { en: '', de: ' Uhr' };
const ONLINE: Record<Language, string> = { en: 'Online', de: 'Online' };

/** 'Samstag, 5. Dezember 2026, 09:00–17:00 Uhr (Mitteleuropäische Zeit)', by the clocks of the event's own time zone. */
export function whenInWords({ startAt, endAt, timezone }: Timed, language: Language): string {
  const day = dayFormat(timezone, language);
  const clock = clockFormat(timezone, language);
  const start = new Date(startAt);
  const end = endAt === undefined ? start : new Date(endAt);
  const [first, last] = [day.format(start), day.format(end)];
  const [from, to] = [clock.format(start), clock.format(end)];
  const oclock = OCLOCK[language];
  const zone = zoneInWords(timezone, start, language);
  if (first !== last) return `${first}, ${from}${oclock} – ${last}, ${to}${oclock} (${zone})`;
  return `${first}, ${from === to ? from : `${from}–${to}`}${oclock} (${zone})`;
}

/** Where it is, line by line. */
export function whereInWords(
  { place, online }: Pick<PublicEvent, 'place' | 'online'>,
  language: Language,
): string[] {
  return online ? [...place, ONLINE[language]] : place;
}

/** Times of the event's day as its clocks show them ('09:12'), those of another day with their date. */
export function momentInWords(event: Timed, language: Language): (at: string) => string {
  const day = dayFormat(event.timezone, language);
  const clock = clockFormat(event.timezone, language);
  const short = new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: event.timezone,
    day: 'numeric',
    month: 'short',
  });
  const eventDay = day.format(new Date(event.startAt));
  return (at) => {
    const moment = new Date(at);
    const time = `${clock.format(moment)}${OCLOCK[language]}`;
    return day.format(moment) === eventDay ? time : `${short.format(moment)}, ${time}`;
  };
}

/** The address where it is one that a browser may follow: people write anything where a link is asked for. */
export function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url && ['http:', 'https:'].includes(url.protocol) ? url.href : undefined;
}

function dayFormat(timeZone: string, language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALES[language], { timeZone, dateStyle: 'full' });
}

function clockFormat(timeZone: string, language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** The name that holds in summer and winter alike; where there is none, that of the day. */
function zoneInWords(timeZone: string, at: Date, language: Language): string {
  const name = (timeZoneName: 'longGeneric' | 'long') =>
    new Intl.DateTimeFormat(LOCALES[language], { timeZone, timeZoneName })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  const generic = name('longGeneric');
  return generic.startsWith('GMT') ? name('long') : generic;
}
