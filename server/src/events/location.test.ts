import { describe, expect, it } from 'vitest';
import { addressLines, addressOf, geoPointOf, locationWire } from './location.ts';

describe('addressOf', () => {
  it('keeps what is said, without blanks around it', () => {
    expect(addressOf({ city: ' Oslo\n', name: ' ', country: '', county: null, url: 'x.example' })).toEqual({
      city: 'Oslo',
      url: 'x.example',
    });
  });
});

describe('geoPointOf', () => {
  const [here, there] = [
    { lat: 52.5, lon: 13.4 },
    { lat: -17.8, lon: 178 },
  ];
  const flat = ({ lat, lon }: typeof here) => ({ lat, lng: lon });

  it.each([
    ['nothing', {}, undefined, undefined],
    ['nothing, of one that has a point', {}, here, undefined],
    ['null', { geoPoint: null, lat: null, lng: null }, here, undefined],
    ['geoPoint', { geoPoint: here }, undefined, here],
    ['lat and lng', flat(here), undefined, here],
    ['zeros', { lat: 0, lng: 0 }, undefined, { lat: 0, lon: 0 }],
    ['zeros with a sign', { lat: -0, lng: -0 }, undefined, { lat: 0, lon: 0 }],
    ['geoPoint of such', { geoPoint: { lat: -0, lon: -0 } }, here, { lat: 0, lon: 0 }],
    ['both alike', { geoPoint: here, ...flat(here) }, here, here],
    ['lat and lng changed', { geoPoint: here, ...flat(there) }, here, there],
    ['geoPoint changed', { geoPoint: there, ...flat(here) }, here, there],
    ['both changed', { geoPoint: there, ...flat({ lat: 1, lon: 1 }) }, here, there],
    ['both, of a new one', { geoPoint: there, ...flat(here) }, undefined, there],
    [
      'one coordinate of geoPoint changed',
      { geoPoint: { ...here, lat: 0 }, ...flat(here) },
      here,
      { lat: 0, lon: 13.4 },
    ],
  ])('by %s', (_, input, before, point) => {
    expect(geoPointOf(input, before)).toEqual(point);
  });

  it('takes no half of a point', () => {
    expect(() => geoPointOf({ lat: 1 }, undefined)).toThrow(/^location\.lng: is required/);
    expect(() => geoPointOf({ lng: 0, lat: null }, here)).toThrow(/^location\.lat: is required/);
    expect(() => geoPointOf({ lat: 1, geoPoint: there }, here)).toThrow(/^location\.lng: is required/);
  });
});

describe('locationWire', () => {
  it('says the point in both forms, and nothing of what is nowhere', () => {
    expect(locationWire({}, undefined)).toBeUndefined();
    expect(locationWire({ city: 'Oslo' }, undefined)).toEqual({ city: 'Oslo' });
    expect(locationWire({}, { lat: 1, lon: 2 })).toEqual({ geoPoint: { lat: 1, lon: 2 }, lat: 1, lng: 2 });
  });
});

describe('addressLines', () => {
  it('is written as on a letter', () => {
    const address = { name: 'Hall', address: 'Road 1', address2: 'Yard', postcode: '0150', city: 'Oslo' };
    expect(addressLines({ ...address, county: 'Oslo', country: 'Norway', url: 'x.example' })).toEqual([
      'Hall',
      'Road 1',
      'Yard',
      '0150 Oslo',
      'Oslo',
      'Norway',
    ]);
    expect(addressLines({ city: 'Oslo' })).toEqual(['Oslo']);
    expect(addressLines({})).toEqual([]);
  });

  it('prefers what is formatted, with the name where that does not say it', () => {
    const formattedAddress = 'Road 1, Oslo';
    expect(addressLines({ formattedAddress, city: 'Bergen', name: 'Hall' })).toEqual([
      'Hall',
      formattedAddress,
    ]);
    expect(addressLines({ formattedAddress: 'Hall, Road 1', name: 'Hall' })).toEqual(['Hall, Road 1']);
  });
});
