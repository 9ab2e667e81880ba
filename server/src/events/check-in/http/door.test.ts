import { describe, expect, it } from 'vitest';
import { newEvent } from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { readPage } from '../../../platform/http/fixtures/read-page.ts';
import { closedEvent, doorPath, postForm, registered } from '../../registration/http/fixtures/visitors.ts';

const world = twoCompanies();
const open = (path: string, language = 'en') =>
  world.server.call('GET', path, { headers: { 'accept-language': language } });
const heading = (body: string) => readPage(body).all('h1')[0]!.text;
const join = (event: Awaited<ReturnType<typeof newEvent>>, name: string) =>
  registered(world.server, world.company, event, name);
const people = (body: string) =>
  readPage(body)
    .all('strong')
    .map(({ text }) => text);

describe('GET /check-in/{slug}', () => {
  it('200: who registered, by name, and how many of them are here', async () => {
    const event = await newEvent(world.company);
    for (const name of ['Cleo Ångström', 'Anna Berg', 'Ben Frost']) await join(event, name);
    const { status, headers, body } = await open(doorPath(event));
    expect(status).toBe(200);
    expect(heading(body)).toBe(event.name);
    expect(people(body)).toEqual(['Anna Berg', 'Ben Frost', 'Cleo Ångström']);
    expect(readPage(body).byId('count')!.text).toBe('0 of 3 here');
    expect(headers.get('content-security-policy')).toContain("connect-src 'self'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await open(doorPath(event), 'de')).body).toContain('0 von 3 da');
  });

  it('200: those that are looked for', async () => {
    const event = await newEvent(world.company);
    for (const name of ['Anna Berg', 'Ben Frost']) await join(event, name);
    const found = async (q: string) =>
      people((await open(`${doorPath(event)}?${new URLSearchParams({ q })}`)).body);
    expect(await found('FROST')).toEqual(['Ben Frost']);
    expect(await found('be an')).toEqual(['Anna Berg']);
    expect(await found('<b>')).toEqual([]);
  });

  it('200: what a tap did; nothing for what never happened', async () => {
    const event = await newEvent(world.company);
    const { contactId } = await join(event, 'Anna Berg');
    await postForm(world.server, `${doorPath(event)}/attended`, { contact: contactId });
    const told = async (query: string) => readPage((await open(`${doorPath(event)}?${query}`)).body).text;
    expect(await told(`told=attended&who=${contactId}`)).toContain('Anna Berg is checked in.');
    for (const query of [
      'told=attended&who=x',
      `told=shouted&who=${contactId}`,
      'told=attended',
      'utm_source=mail',
    ]) {
      expect(await told(query)).not.toContain('is checked in.');
    }
  });

  it('remembers the door on the device, for the tickets alone', async () => {
    const event = await newEvent(world.company);
    const { headers } = await open(doorPath(event));
    const slug = event.relations.flowCheckIn.latestPublishedSlug;
    const [pair, ...attributes] = headers.get('set-cookie')!.split('; ');
    expect(pair!.split('=')[1]).toBe(slug);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=86400', 'Path=/ticket', 'SameSite=Lax']);
  });

  it.each([
    ['draft', 200, 'Check-in is not open yet'],
    ['cancelled', 200, 'This event is cancelled'],
    ['over', 200, 'This event is over'],
    ['deleted', 410, 'This event does not exist any more'],
  ] as const)('%s: is closed, says so, and leaves no cookie', async (why, expected, said) => {
    const event = await closedEvent(world.company, why);
    const { status, headers, body } = await open(doorPath(event));
    expect([status, heading(body)]).toEqual([expected, said]);
    expect(headers.get('set-cookie')).toBeNull();
    const tapped = await postForm(world.server, `${doorPath(event)}/walk-in`, { name: 'Anna' });
    expect([tapped.status, heading(tapped.body)]).toEqual([expected === 200 ? 409 : 410, said]);
  });

  it('404: a link that leads nowhere, also that of the registration', async () => {
    const event = await newEvent(world.company);
    const path = doorPath(event);
    const elsewhere = path.replace(`/${world.company.id}.`, `/${world.other.id}.`);
    const other = `/check-in/${event.relations.flowReg.latestPublishedSlug}`;
    const pages = new Set<string>();
    for (const link of [elsewhere, `${path}x`, '/check-in/1.x', other]) {
      const { status, headers, body } = await open(link);
      expect([link, status]).toEqual([link, 404]);
      expect(headers.get('set-cookie')).toBeNull();
      pages.add(body);
    }
    expect(pages.size).toBe(1);
  });

  it('400: what is asked too long or twice, as a page', async () => {
    const path = doorPath(await newEvent(world.company));
    for (const query of [`q=${'x'.repeat(501)}`, 'q=a&q=b', 'q=%00']) {
      const { status, body } = await open(`${path}?${query}`);
      expect([query.slice(0, 9), status, heading(body)]).toEqual([
        query.slice(0, 9),
        400,
        'That did not work',
      ]);
    }
  });
});

describe('GET /check-in/{slug}/count', () => {
  it('200: what the page counts, as JSON', async () => {
    const event = await newEvent(world.company);
    const { contactId } = await join(event, 'Anna Berg');
    await join(event, 'Ben Frost');
    await postForm(world.server, `${doorPath(event)}/attended`, { contact: contactId });
    const { status, headers, body } = await open(`${doorPath(event)}/count`);
    expect([status, body]).toEqual([200, { registered: 2, attended: 1 }]);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('404: where there is no door, as JSON', async () => {
    const cancelled = doorPath(await closedEvent(world.company, 'cancelled'));
    for (const path of ['/check-in/1.x/count', `${cancelled}/count`]) {
      const { status, body } = await open(path);
      expect([status, body.code]).toEqual([404, 404]);
    }
  });
});
