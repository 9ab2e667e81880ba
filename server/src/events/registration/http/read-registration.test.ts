import { describe, expect, it } from 'vitest';
import { newEvent } from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { readPage } from '../../../platform/http/fixtures/read-page.ts';
import { newField } from '../../custom-fields/http/fixtures/fields.ts';
import { closedEvent, registrationPath } from './fixtures/visitors.ts';

const world = twoCompanies();
const open = (path: string, language = 'en') =>
  world.server.call('GET', path, { headers: { 'accept-language': language } });
const heading = (body: string) => readPage(body).all('h1')[0]!.text;

describe('GET /register/{slug}', () => {
  it('200: the event and its form, to anyone with the link', async () => {
    const event = await newEvent(world.company, {
      name: 'Fair <b>& more</b>',
      description: 'First line\nSecond line',
      locationType: 'physical',
      location: { name: 'Hall 3', city: 'Hamburg' },
      timezone: 'Europe/Berlin',
      start: { date: '2090-05-05', time: '09:00' },
      end: { date: '2090-05-05', time: '17:00' },
    });
    const { status, headers, body } = await open(registrationPath(event));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = readPage(body);
    expect(heading(body)).toBe('Fair <b>& more</b>');
    expect(page.text).toContain('First line\nSecond line');
    expect(page.text).toContain('Friday, 5 May 2090, 09:00–17:00 (Central European Time)');
    expect(page.text).toContain('Hall 3\nHamburg');
    expect(page.all('form')[0]!.attributes).toEqual({ method: 'post' });
  });

  it('200: in German for who prefers it', async () => {
    const path = registrationPath(await newEvent(world.company));
    const { headers, body } = await open(path, 'de-CH, en;q=0.7');
    expect(headers.get('content-language')).toBe('de');
    expect(body).toContain('<html lang="de">');
    expect(body).toContain('Telefon');
  });

  it('200: with the questions that are asked at registration, and no others', async () => {
    const { id } = await newField(world.other, {
      name: 'Shoe size',
      askedAtRegistration: true,
      type: 'number',
    });
    await newField(world.other, { name: 'Budget' });
    await newField(world.company, { name: 'Elsewhere', askedAtRegistration: true });
    const page = readPage((await open(registrationPath(await newEvent(world.other)))).body);
    expect(page.byId(`q.${id}`)!.attributes).toMatchObject({ name: `q.${id}`, inputmode: 'decimal' });
    expect(page.text).toContain('Shoe size');
    expect(page.text).not.toMatch(/Budget|Elsewhere/);
  });

  it('keeps its address to itself, and runs its own script alone', async () => {
    const { headers, body } = await open(registrationPath(await newEvent(world.company)));
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('set-cookie')).toBeNull();
    const policy = headers.get('content-security-policy')!;
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/unsafe|connect-src/);
    expect(body).toContain('<meta name="robots" content="noindex">');
    expect(body.match(/<script/g)).toHaveLength(1);
  });

  it.each([
    ['draft', 'Registration is not open yet', false],
    ['cancelled', 'This event is cancelled', true],
    ['past', 'This event is over', true],
  ] as const)('200: says in words why it is closed: %s', async (why, said, named) => {
    const event = await closedEvent(world.company, why);
    const { status, body } = await open(registrationPath(event));
    expect([status, heading(body)]).toEqual([200, said]);
    expect(body.includes(event.name)).toBe(named);
    expect(readPage(body).all('form')).toEqual([]);
  });

  it('410: a deleted event, of which it says nothing', async () => {
    const event = await closedEvent(world.company, 'deleted');
    const { status, body } = await open(registrationPath(event));
    expect([status, heading(body)]).toEqual([410, 'This event does not exist any more']);
    expect(body).not.toContain(event.name);
  });

  it('404: the same page for every link that leads nowhere', async () => {
    const event = await newEvent(world.company);
    const path = registrationPath(event);
    const elsewhere = path.replace(`/${world.company.id}.`, `/${world.other.id}.`);
    const checkIn = event.relations.flowCheckIn.latestPublishedSlug;
    const never = [
      '1',
      '1.x',
      `${world.company.id}.${'a'.repeat(22)}`,
      `99999999999.${'a'.repeat(22)}`,
      checkIn,
    ];
    const pages = new Set<string>();
    for (const link of [elsewhere, `${path}x`, ...never.map((slug) => `/register/${slug}`)]) {
      const { status, body } = await open(link);
      expect([link, status]).toEqual([link, 404]);
      pages.add(body);
    }
    expect(pages.size).toBe(1);
  });

  it('400: an address that no link is, as a page', async () => {
    const { status, headers, body } = await open('/register/%00');
    expect([status, headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(heading(body)).toBe('That did not work');
  });
});
