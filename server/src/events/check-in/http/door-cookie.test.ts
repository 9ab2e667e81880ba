import { describe, expect, it } from 'vitest';
import { doorCookie, openedDoors } from './door-cookie.ts';

const slug = (sign: string) => `12.${sign.repeat(22)}`;
const sent = (...slugs: string[]) => ({ cookie: slugs.map((one, nth) => `door-${nth}=${one}`).join('; ') });

describe('the cookie of a door', () => {
  it('holds the slug, for the tickets of the server’s own path, for a day', () => {
    const cookie = doorCookie(slug('a'), 'https://example.org/crm')!;
    expect(cookie.split('; ').sort()).toEqual([
      'HttpOnly',
      'Max-Age=86400',
      'Path=/crm/ticket',
      'SameSite=Lax',
      'Secure',
      `door-${'a'.repeat(12)}=${slug('a')}`,
    ]);
    const plain = doorCookie(slug('a'), 'http://localhost:4010')!;
    expect(plain).toContain('Path=/ticket;');
    expect(plain).not.toContain('Secure');
  });

  it('is one an event', () => {
    const names = ['a', 'b'].map((sign) => doorCookie(slug(sign), 'https://example.org')!.split('=')[0]);
    expect(new Set(names).size).toBe(2);
  });

  it('is none for what is no slug', () => {
    for (const text of ['', 'x', '12.short', `${slug('a')};x`]) {
      expect(doorCookie(text, 'https://example.org')).toBeUndefined();
    }
  });

  it('is read back', () => {
    expect(openedDoors(sent(slug('a'), slug('b')))).toEqual([slug('a'), slug('b')]);
    const cookie = doorCookie(slug('-'), 'https://example.org')!.split(';')[0]!;
    expect(openedDoors({ cookie })).toEqual([slug('-')]);
  });

  it('is passed over where it holds anything else', () => {
    expect(openedDoors(sent('x', slug('a'), '%00', '../../etc', `${slug('a')}x`))).toEqual([slug('a')]);
    expect(openedDoors({})).toEqual([]);
  });

  it('counts for the twenty doors that were opened last', () => {
    const slugs = Array.from({ length: 30 }, (_, nth) => slug(String.fromCharCode(65 + nth)));
    const known = slugs.filter((one) => /^12\.\w+$/.test(one));
    expect(openedDoors(sent(...known))).toEqual(known.slice(-20));
    expect(known.length).toBeGreaterThan(20);
  });
});
