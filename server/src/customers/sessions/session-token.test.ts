import { describe, expect, it } from 'vitest';
import { newSessionToken, parsedSessionToken, sessionHash } from './session-token.ts';

describe('a session token', () => {
  it('is forty hexadecimal digits, never the same, and leads to its company', () => {
    for (const companyId of [1, 255, 2_147_483_647]) {
      const tokens = new Set(Array.from({ length: 100 }, () => newSessionToken(companyId)));
      expect(tokens.size).toBe(100);
      for (const token of tokens) {
        expect(token).toMatch(/^[0-9a-f]{40}$/);
        expect(parsedSessionToken(token)).toEqual({ companyId, hash: sessionHash(token) });
      }
    }
  });

  it('is the same in capitals', () => {
    const token = newSessionToken(7);
    expect(parsedSessionToken(token.toUpperCase())).toEqual(parsedSessionToken(token));
  });

  it('is kept as a digest that shows nothing of it', () => {
    const token = newSessionToken(7);
    expect(sessionHash(token)).toHaveLength(32);
    expect(sessionHash(token).toString('hex')).not.toContain(token.slice(8, 16));
  });

  it.each([
    '',
    'f'.repeat(40),
    `80000000${'0'.repeat(32)}`,
    '0'.repeat(39),
    '0'.repeat(41),
    `${'0'.repeat(39)}g`,
    `${'0'.repeat(40)}\n`,
    '０'.repeat(40),
  ])('is none: %j', (text) => {
    expect(parsedSessionToken(text)).toBeUndefined();
  });
});
