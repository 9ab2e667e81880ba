import { describe, expect, it } from 'vitest';
import { timeZoneId, timeZoneName } from './time-zone.ts';

describe('timeZoneId', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/BERLIN', 'Europe/Berlin'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['utc', 'UTC'],
    ['etc/gmt+5', 'Etc/GMT+5'],
    ['EST5EDT', 'EST5EDT'],
  ])('%s is %s', (given, id) => {
    expect(timeZoneId(given)).toBe(id);
    expect(timeZoneId({ id: given })).toBe(id);
    expect(timeZoneId({ value: given })).toBe(id);
    expect(timeZoneId({ id: null, value: given })).toBe(id);
  });

  it('takes the names that zones had before', () => {
    for (const alias of ['Asia/Calcutta', 'US/Eastern', 'GB', 'asia/calcutta'])
      expect(timeZoneId(alias).toLowerCase()).toBe(alias.toLowerCase());
  });

  it('goes by the id where both are there', () => {
    expect(timeZoneId({ id: 'Asia/Tokyo', value: 'Europe/Berlin' })).toBe('Asia/Tokyo');
  });

  it.each([
    '+02:00',
    '-05:00',
    '+00',
    'UTC+1',
    'GMT+2',
    'Z',
    'Europe/Nowhere',
    '',
    ' ',
    'Central European Time',
    '💥',
    'Europe/Berlin\u0000',
    'Europe/Berlin[u-ca=x]',
    '2026-01-01T00:00[Europe/Berlin]',
  ])('%j is none', (given) => {
    expect(() => timeZoneId(given)).toThrow(/^timezone: must be the id of a time zone/);
    if (given) expect(() => timeZoneId({ id: given })).toThrow(/^timezone\.id: must be the id/);
    expect(() => timeZoneId({ value: given })).toThrow(/^timezone\.value: must be the id/);
  });

  it('wants one of the two', () => {
    for (const nothing of [{}, { id: null }, { value: null }])
      expect(() => timeZoneId(nothing)).toThrow(/^timezone\.value: must be the id/);
  });
});

describe('timeZoneName', () => {
  it.each([
    ['Europe/Berlin', 'Central European Time'],
    ['America/New_York', 'Eastern Time'],
    ['UTC', 'Coordinated Universal Time'],
    ['Etc/GMT+5', 'GMT-05:00'],
    ['Australia/Sydney', 'Australian Eastern Time'],
  ])('of %s is %s, whatever the season', (id, name) => {
    expect(timeZoneName(id)).toBe(name);
  });

  it('is there for every zone', () => {
    for (const id of Intl.supportedValuesOf('timeZone')) {
      expect(timeZoneId(id)).toBe(id);
      expect(timeZoneName(id)).not.toBe('');
    }
  });
});
