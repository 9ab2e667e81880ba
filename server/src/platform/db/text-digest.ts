import { createHash } from 'node:crypto';

/** The end of a statement's name: keeps two releases apart that share a connection pooler. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
