import { createHmac, timingSafeEqual } from 'node:crypto';

/** In bytes: 128 bits. */
export const SEAL_LENGTH = 16;

/** A code that only the server's secret makes (RFC 2104, cut), so that what a link says need not be stored. */
export interface Seal {
  of(said: string | Buffer): Buffer;
  /** Compared in a time that tells nothing. */
  fits(said: string | Buffer, code: Buffer): boolean;
}

/** `purpose` keeps links of one kind, and of one company, from passing for another's. */
export function sealUnder(secret: string, purpose: string): Seal {
  const of = (said: string | Buffer) =>
    createHmac('sha256', secret).update(`${purpose} `).update(said).digest().subarray(0, SEAL_LENGTH);
  return {
    of,
    fits: (said, code) => code.length === SEAL_LENGTH && timingSafeEqual(code, of(said)),
  };
}
