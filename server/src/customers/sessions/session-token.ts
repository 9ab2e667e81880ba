import { createHash, randomBytes } from 'node:crypto';
import { isCompanyId } from '../../identity/company-id.ts';

/** 40 hexadecimal digits: the company's id, so that the token is looked for within it, and 128 random bits. */
export function newSessionToken(companyId: number): string {
  return companyId.toString(16).padStart(8, '0') + randomBytes(16).toString('hex');
}

/** What a token is looked for by; undefined for what cannot be one. Only the digest is kept. */
export function parsedSessionToken(token: string): { companyId: number; hash: Buffer } | undefined {
  if (!/^[0-9a-f]{40}$/i.test(token)) return undefined;
  const companyId = Number.parseInt(token.slice(0, 8), 16);
  return isCompanyId(companyId) ? { companyId, hash: sessionHash(token) } : undefined;
}

export function sessionHash(token: string): Buffer {
  return createHash('sha256').update(token.toLowerCase()).digest();
}
