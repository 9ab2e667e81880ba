import { createSigner, createVerifier } from 'fast-jwt';
import { unauthorized } from '../platform/problem.ts';

/** What a /v1 token says. Anyone may read it; only the server can make it. */
export interface Claims {
  /** The user's id. */
  sub: string;
  company: number;
  /** The account's token version at the time of issue. */
  ver: number;
  /** The API client it was issued to. */
  client?: string;
  iat: number;
  exp: number;
}

export const TOKEN_LIFETIME = 24 * 60 * 60;
const MOST_CACHED = 10_000;

export interface Tokens {
  /** `lifetime` in seconds. */
  issue(claims: Omit<Claims, 'iat' | 'exp'>, lifetime?: number): string;
  /** Throws a 401. */
  verify(token: string): Claims;
}

/** HS256 JSON Web Tokens (RFC 7519) under the server's secret. */
export function tokens(secret: string): Tokens {
  const signer = (lifetime: number) =>
    createSigner({ key: secret, algorithm: 'HS256', expiresIn: lifetime * 1000 });
  const sign = signer(TOKEN_LIFETIME);
  const verify = createVerifier({ key: secret, algorithms: ['HS256'] });
  // By the token itself: the library's cache makes a digest of it each time, for a third of what verifying takes.
  const verified = new Map<string, Claims>();
  return {
    issue: (claims, lifetime) => (lifetime === undefined ? sign : signer(lifetime))({ ...claims }),
    verify(token) {
      const known = verified.get(token);
      if (known && known.exp * 1_000 > Date.now()) return known;
      try {
        const claims: Claims = verify(token);
        if (verified.size >= MOST_CACHED) verified.clear();
        verified.set(token, claims);
        return claims;
      } catch {
        throw unauthorized('the token is not valid or has expired; sign in by GET /v1/auth');
      }
    },
  };
}
