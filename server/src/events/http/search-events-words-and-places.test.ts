import { beforeAll, describe, expect, it } from 'vitest';
import { eventPath, newEvent } from '../../../test/factories.ts';
import { HOSTILE_TEXTS } from '../../../test/fuzz/hostile.ts';
import type { Answer, TestCompany } from '../../../test/harness.ts';
import { twoCompanies } from '../../../test/world.ts';

const world = twoCompanies();
const SEARCH = '/v1/attractEvents/search';
async function found(company: TestCompany, query: object): Promise<string[]> {
  const { status, body } = await company.admin.post(SEARCH, { data: [query], sortFieldId: 'name' });
  expect([status, body.message]).toEqual([200, undefined]);
  expect(body.total).toBe(body.data.length);
  return body.data.map(({ name }: Answer['body']) => name);
}

describe('FULL_TEXT_PREFIX', () => {
  const words = (value: string, company = world.company) =>
    found(company, { FULL_TEXT_PREFIX: { op: 'FULL_TEXT_PREFIX', value } });
  beforeAll(async () => {
    const { company, other } = world;
    await newEvent(company, {
      name: 'Größe zählt',
      description: 'Ein Abend für C++-Leute, am 12. Mai (20:00) in O’Hara’s Café',
      location: { name: 'Kulturhaus', city: 'Köln', country: 'Deutschland', url: 'maps.example/secret' },
      locationUrl: 'hidden.example/abc',
    });
    await newEvent(company, {
      name: 'Open day',
      location: { formattedAddress: 'Straße 1, Køge', county: 'Łódź' },
    });
    await newEvent(company, {
      name: '開放日 2026',
      description: 'Σίσυφος ΟΔΟΣ',
      location: { address2: '3rd floor' },
    });
    await newEvent(other, { name: 'Foreign Kulturhaus day', description: 'Größe Open' });
  });

  it.each([
    ['Größe', ['Größe zählt']],
    ['grö', ['Größe zählt']],
    ['GRO', ['Größe zählt']],
    ['gro\u0308ße', ['Größe zählt']],
    ['zahlt größe', ['Größe zählt']],
    ['röße', []],
    ['kultur', ['Größe zählt']],
    ['größe abend koln deutsch', ['Größe zählt']],
    ['größe abend berlin', []],
    ['c++', ['Größe zählt']],
    ['leute, am', ['Größe zählt']],
    ['hara cafe', ['Größe zählt']],
    ['20:0', ['Größe zählt']],
    ['open DAY', ['Open day']],
    ['da op', ['Open day']],
    ['strasse', []],
    ['straß 1', ['Open day']],
    ['łodz', ['Open day']],
    ['køge', ['Open day']],
    ['開放', ['開放日 2026']],
    ['202', ['開放日 2026']],
    ['σίσ 3rd', ['開放日 2026']],
    ['secret', []],
    ['hidden', []],
    ['foreign', []],
    ['meetup', []],
    ['d', ['Größe zählt', 'Open day']],
  ])('%j finds %j', async (value, names) => {
    expect(await words(value)).toEqual(names);
  });

  it('finds everything by no words at all', async () => {
    for (const value of ['', '  ', '—', '!?']) expect(await words(value)).toHaveLength(3);
  });

  it('finds none of another company, and the other none of this', async () => {
    expect(await words('kulturhaus')).toEqual(['Größe zählt']);
    expect(await words('kulturhaus', world.other)).toEqual(['Foreign Kulturhaus day']);
    expect(await words(`${world.company.id} größe`, world.other)).toEqual([]);
    expect(await words(`${world.other.id}/foreign`)).toEqual([]);
  });

  it('finds what an event says now, and no longer what it said', async () => {
    const made = await newEvent(world.company, { name: 'Beforehand', description: 'Elderflower' });
    expect(await words('elderfl before')).toEqual(['Beforehand']);
    await world.company.admin.put(eventPath(made.id), { name: 'Afterwards', location: { city: 'Quito' } });
    expect(await words('before')).toEqual([]);
    expect(await words('afterw elder quito')).toEqual(['Afterwards']);
    const { body } = await world.company.admin.post(`/v1/attractEvents/clone/${made.id}`, {
      start: made.start,
      name: 'Clone',
    });
    expect(await words('elder quito')).toEqual(['Afterwards', 'Clone']);
    for (const id of [made.id, body.id]) await world.company.admin.delete(eventPath(id));
    expect(await words('elder')).toEqual([]);
  });

  it('finds a text of any kind by itself', async () => {
    const own = await world.server.company();
    for (const text of HOSTILE_TEXTS) {
      const { name } = await newEvent(own, { name: text });
      expect(await words(text, own)).toContain(name);
    }
  });

  it('holds beside other conditions', async () => {
    const names = await found(world.company, {
      FULL_TEXT_PREFIX: { op: 'FULL_TEXT_PREFIX', value: 'd' },
      'location/city': { op: 'NEQ', value: 'Köln' },
    });
    expect(names).toEqual(['Open day']);
  });
});

describe('location/geoPoint', () => {
  let own: TestCompany;
  const within = (lat: number, lon: number, km: number) =>
    found(own, { 'location/geoPoint': { op: 'WITHIN', value: { lat, lon, km } } });
  beforeAll(async () => {
    own = await world.server.company();
    for (const [name, lat, lon] of [
      ['Berlin', 52.52, 13.405],
      ['Fiji', -17.8, 178],
      ['Munich', 48.137, 11.575],
      ['Pole', 90, 0],
      ['Samoa', -13.8, -171.8],
    ] as const)
      await newEvent(own, { name, location: { geoPoint: { lat, lon } } });
    await newEvent(own, { name: 'Zero', location: { lat: 0, lng: 0 } });
    await newEvent(own, { name: 'Nowhere', location: { city: 'Berlin' } });
  });

  it.each([
    [52.5, 13.4, 5, ['Berlin']],
    [52.5, 13.4, 2, []],
    [50, 12, 300, ['Berlin', 'Munich']],
    [-16, -179, 900, ['Fiji', 'Samoa']],
    [-17.8, 180, 250, ['Fiji']],
    [-17.8, -180, 250, ['Fiji']],
    [89, 170, 120, ['Pole']],
    [0, 0, 0.001, ['Zero']],
    [0, 0, 20_040, ['Berlin', 'Fiji', 'Munich', 'Pole', 'Samoa', 'Zero']],
  ])('of %d %d within %d km are %j', async (lat, lon, km, names) => {
    expect(await within(lat, lon, km)).toEqual(names);
  });

  it('is where an event is now', async () => {
    const { id } = await newEvent(own, { name: 'Mover', location: { lat: 10, lng: 10 } });
    expect(await within(10, 10, 1)).toEqual(['Mover']);
    await own.admin.put(eventPath(id), { location: { lat: 20, lng: 20 } });
    expect([await within(10, 10, 1), await within(20, 20, 1)]).toEqual([[], ['Mover']]);
    await own.admin.put(eventPath(id), { location: null });
    expect(await within(20, 20, 1)).toEqual([]);
  });
});
