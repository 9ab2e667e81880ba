import { describe, expect, it } from 'vitest';
import { HOSTILE_TEXTS } from '../../../../test/fuzz/hostile.ts';
import { readPage } from '../../../platform/http/fixtures/read-page.ts';
import type { Language } from '../../../platform/http/language.ts';
import { publicEvent } from '../../registration/fixtures/public-event.ts';
import { LOCAL_TIME_SCRIPT } from '../../registration/http/local-time-script.ts';
import type { Door, Registrant, Tapped, Ticket, Told } from '../door.ts';
import { addressesAt } from './addresses.ts';
import { checkInAnswer, ticketAnswer } from './check-in-page.ts';
import { COUNT_SCRIPT } from './count-script.ts';

const SLUG = '12.abcdefghijklmnopqrstuv';
const TOKEN = `12.${'t'.repeat(64)}`;
const addresses = addressesAt('https://example.org/crm');
const event = publicEvent();
const counts = { registered: 40, attended: 12 };
const anna: Registrant = { contactId: 'a', name: 'Anna Berg', email: 'a…@example.org' };
const ben: Registrant = { contactId: 'b', name: 'Ben Frost', attendedAt: '2026-12-05T17:12:00.000Z' };
const open: Extract<Door, { state: 'open' }> = {
  state: 'open',
  event,
  counts,
  search: '',
  registrants: [anna, ben],
  more: false,
};

function door(given: Door | Tapped, language: Language = 'en', asked: 'GET' | 'POST' = 'GET') {
  const answer = checkInAnswer(given, { slug: SLUG, language, addresses }, asked);
  return { answer, status: answer.status, ...readPage(String(answer.body)) };
}

function ticket(given: Ticket | Tapped, language: Language = 'en', asked: 'GET' | 'POST' = 'GET') {
  const answer = ticketAnswer(given, { token: TOKEN, language, addresses }, asked);
  return { answer, status: answer.status, ...readPage(String(answer.body)) };
}

/** What each form of a page does: where it leads, what it sends, and what its button is called. */
const taps = (page: ReturnType<typeof door>) =>
  page.all('button').map(({ attributes, text }) => attributes['aria-label'] ?? text);

describe.each(['en', 'de'] as const)('the door in %s', (language) => {
  it.each([
    ['draft', 200, 409],
    ['cancelled', 200, 409],
    ['over', 200, 409],
    ['deleted', 410, 410],
  ] as const)('is closed: %s', (why, get, post) => {
    const closed: Door = { state: 'closed', why };
    expect([door(closed, language).status, door(closed, language, 'POST').status]).toEqual([get, post]);
    expect(door(closed, language).all('h1')).toHaveLength(1);
  });

  it('is nowhere, or open', () => {
    expect(door({ state: 'unknown' }, language).status).toBe(404);
    const page = door(open, language);
    expect(page.status).toBe(200);
    expect(page.all('html')[0]!.attributes.lang).toBe(language);
    expect(page.script).toBe(COUNT_SCRIPT);
    expect(page.answer.headers!['content-security-policy']).toContain("connect-src 'self'");
  });
});

describe('the door', () => {
  const page = door(open);

  it('counts, and says from where to count anew', () => {
    const count = page.byId('count')!;
    expect(count.text).toBe('12 of 40 here');
    expect(count.attributes).toMatchObject({
      'aria-live': 'polite',
      'data-from': `/crm/check-in/${SLUG}/count`,
    });
  });

  it('has one button for each registrant', () => {
    expect(taps(page)).toEqual([
      'Find',
      'Check in Anna Berg',
      'Undo the check-in of Ben Frost',
      'Take in and check in',
    ]);
    expect(page.all('form').map(({ attributes }) => [attributes.method, attributes.action])).toEqual([
      ['get', `/crm/check-in/${SLUG}`],
      ['post', `/crm/check-in/${SLUG}/attended`],
      ['post', `/crm/check-in/${SLUG}/undo`],
      ['post', `/crm/check-in/${SLUG}/walk-in`],
    ]);
    const contacts = page.all('input').filter(({ attributes }) => attributes.name === 'contact');
    expect(contacts.map(({ attributes }) => attributes.value)).toEqual(['a', 'b']);
    expect(page.text).toContain('Here since 18:12');
  });

  it('is ready for the next name', () => {
    expect(page.byId('q')!.attributes).toMatchObject({ type: 'search', autofocus: '', value: '' });
    expect(page.all('details')[0]!.attributes).not.toHaveProperty('open');
  });

  it('says what was looked for, that there are more, or that there is nobody', () => {
    const found = door({ ...open, search: 'be', more: true });
    expect(found.byId('q')!.attributes.value).toBe('be');
    expect(found.text).toContain('There are more.');
    expect(found.all('a').map(({ attributes }) => attributes.href)).toEqual([`/crm/check-in/${SLUG}`]);
    expect(door({ ...open, search: 'xy', registrants: [] }).text).toContain('Nobody found for “xy”.');
    expect(door({ ...open, registrants: [] }).text).toContain('Nobody has registered yet.');
  });

  it.each([
    ['attended', ben, 'Ben Frost is checked in.', true],
    ['again', ben, 'Ben Frost was already checked in at 18:12.', true],
    ['undone', anna, 'Anna Berg is no longer checked in.', false],
    ['attended', anna, 'Anna Berg is no longer checked in.', false],
    ['undone', ben, 'Ben Frost was already checked in at 18:12.', true],
  ] as const)('says what a tap did, as things stand: %s', (what, registrant, said, undo) => {
    const told = door({ ...open, registrants: [], told: { what, registrant } });
    const banner = told.elements.find(({ attributes }) => attributes.class?.includes('with-tap'))!;
    expect(banner.text).toContain(said);
    expect(banner.attributes.role).toBe('status');
    expect(taps(told).some((label) => label.startsWith('Undo'))).toBe(undo);
  });

  it('400: holds a walk-in as it was typed, unfolded, at the mistake', () => {
    const form = { name: '', email: 'no', consent: true };
    const again = door({ ...open, walkIn: { form, mistakes: { name: 'missing', email: 'email' } } });
    expect(again.status).toBe(400);
    expect(again.all('details')[0]!.attributes).toHaveProperty('open');
    expect(again.byId('name')!.attributes).toMatchObject({ 'aria-invalid': 'true', autofocus: '' });
    expect(again.byId('email')!.attributes).toMatchObject({ value: 'no', 'aria-invalid': 'true' });
    expect(again.byId('email-mistake')!.text).toContain('email address');
    expect(again.byId('consent')!.attributes).toHaveProperty('checked');
    expect(again.elements.filter(({ attributes }) => 'autofocus' in attributes)).toHaveLength(1);
  });

  it('303: leads back after a tap, without what was looked for', () => {
    const { status, headers, body } = checkInAnswer(
      { state: 'done', what: 'again', contactId: 'a&b' },
      { slug: SLUG, language: 'en', addresses },
      'POST',
    );
    expect([status, body]).toEqual([303, undefined]);
    expect(headers!.location).toBe(`/crm/check-in/${SLUG}?told=again&who=a%26b`);
  });
});

describe('the registrant’s own ticket', () => {
  const shown: Extract<Ticket, { state: 'shown' }> = {
    state: 'shown',
    event,
    name: 'Anna Berg',
    cancelled: false,
  };
  const hasCode = (page: ReturnType<typeof ticket>) => page.all('svg').length === 1;

  it('shows the code, the name, when and where', () => {
    const page = ticket(shown);
    expect(page.status).toBe(200);
    expect(hasCode(page)).toBe(true);
    expect(page.text).toContain('Anna Berg');
    expect(page.text).toContain('Saturday, 5 December 2026, 18:00–22:00 (Central European Time)');
    expect(page.text).toContain('Hall 3');
    expect(page.script).toBe(LOCAL_TIME_SCRIPT);
    expect(page.answer.headers!['content-security-policy']).not.toContain('connect-src');
    expect(page.all('form')).toEqual([]);
  });

  it('links to where to join only where that is a web address', () => {
    const links = (link: string) =>
      ticket({ ...shown, link })
        .all('a')
        .map(({ attributes }) => attributes.href);
    expect(links('https://meet.example/a?b=1&c="')).toEqual(['https://meet.example/a?b=1&c=%22']);
    expect(links('javascript:alert(1)')).toEqual([]);
    expect(ticket({ ...shown, link: 'zoommtg://x' }).text).toContain('zoommtg://x');
  });

  it('says that it has been used, and that the event is cancelled', () => {
    const used = ticket({ ...shown, attendedAt: '2026-12-05T17:12:00.000Z' });
    expect(used.text).toContain('checked in at 18:12');
    const cancelled = ticket({ ...shown, link: 'https://meet.example/', cancelled: true }, 'de');
    expect(cancelled.text).toContain('abgesagt');
    expect(hasCode(cancelled)).toBe(false);
    expect(cancelled.all('a')).toEqual([]);
  });

  it('403: checks nobody in', () => {
    const page = ticket(shown, 'en', 'POST');
    expect(page.status).toBe(403);
    expect(page.text).toContain('Open the event’s check-in page on this device first');
    expect(page.text).not.toContain('Anna Berg');
  });

  it('404: where there is none', () => {
    expect(ticket({ state: 'unknown' }).status).toBe(404);
  });
});

describe('a ticket at the door', () => {
  const at = (registrant: Registrant, told?: Told): Ticket => ({
    state: 'door',
    event,
    slug: SLUG,
    counts,
    registrant,
    ...(told ? { told } : {}),
  });

  it('is one button', () => {
    const page = ticket(at(anna));
    expect(page.all('h1')[0]!.text).toBe('Anna Berg');
    expect(taps(page)).toEqual(['Check in Anna Berg']);
    expect(page.all('form')[0]!.attributes).toMatchObject({ method: 'post', action: `/crm/ticket/${TOKEN}` });
    expect(page.all('a')[0]!.attributes.href).toBe(`/crm/check-in/${SLUG}`);
    expect(page.byId('count')!.text).toBe('12 of 40 here');
    expect(page.all('svg')).toEqual([]);
  });

  it('says that the registrant is here already', () => {
    const page = ticket(at(ben));
    expect(page.text).toContain('Ben Frost was already checked in at 18:12.');
    expect(taps(page)).toEqual(['Undo the check-in of Ben Frost']);
    expect(page.all('input')[0]!.attributes).toMatchObject({ name: 'undo', value: 'yes' });
    expect(ticket(at(ben, 'attended')).text).toContain('Ben Frost is checked in.');
    expect(ticket(at(anna, 'undone')).text).toContain('Anna Berg is no longer checked in.');
  });

  it('303: leads back after a tap; closed, it says so', () => {
    const shown = { token: TOKEN, language: 'en', addresses } as const;
    const done = ticketAnswer({ state: 'done', what: 'attended', contactId: 'a' }, shown, 'POST');
    expect([done.status, done.headers!.location]).toEqual([303, `/crm/ticket/${TOKEN}?told=attended`]);
    expect(ticket({ state: 'closed', why: 'over' }, 'en', 'POST').status).toBe(409);
    expect(ticket({ state: 'closed', why: 'deleted' }, 'en', 'POST').status).toBe(410);
  });
});

it('whatever people wrote is text, on every page', () => {
  for (const text of HOSTILE_TEXTS) {
    const hostile = publicEvent({ company: text, name: text, place: [text] });
    const registrant = { contactId: text, name: text, email: text, attendedAt: ben.attendedAt! };
    const walkIn = { form: { name: text, email: text, consent: false }, mistakes: { name: 'long' } } as const;
    const pages = [
      door({
        ...open,
        event: hostile,
        search: text,
        registrants: [registrant],
        told: { what: 'again', registrant },
      }),
      door({ ...open, event: hostile, registrants: [], walkIn }),
      ticket({ state: 'shown', event: hostile, name: text, link: text, cancelled: false }),
      ticket({ state: 'door', event: hostile, slug: SLUG, counts, registrant, told: 'again' }),
    ];
    for (const page of pages) expect(page.text).toContain(text);
    expect(pages[0]!.byId('q')!.attributes.value).toBe(text);
  }
});

describe('addresses', () => {
  it('begin with the path of the public address, where it has one', () => {
    expect(addressesAt('https://example.org').door(SLUG)).toBe(`/check-in/${SLUG}`);
    expect(addresses.door(SLUG, 'walk-in')).toBe(`/crm/check-in/${SLUG}/walk-in`);
    expect(addresses.ticket(TOKEN)).toBe(`/crm/ticket/${TOKEN}`);
    expect(addresses.ticketUrl(TOKEN)).toBe(`https://example.org/crm/ticket/${TOKEN}`);
  });
});
