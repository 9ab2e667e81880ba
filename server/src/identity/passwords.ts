import { hash, verify } from '@node-rs/argon2';
import { invalid } from '../platform/problem.ts';

export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;
// OWASP's password storage recommendation for argon2id: 19 MiB, two passes.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const nobody = hash('no account has this password', OPTIONS);

export function passwordFits(password: string): boolean {
  return password.length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD;
}

/** The argon2id hash to keep. Throws a 400 about `field` for a password of the wrong length. */
export async function hashPassword(password: string, field = 'password'): Promise<string> {
  if (!passwordFits(password)) {
    throw invalid(field, `must be ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters long`);
  }
  return hash(password, OPTIONS);
}

/** Takes as long without a hash as with one, so that the time tells nothing of who exists. */
export async function passwordMatches(kept: string | null, password: string): Promise<boolean> {
  const matches = await verify(kept ?? (await nobody), password);
  return matches && kept !== null;
}
