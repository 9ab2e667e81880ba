import { randomBytes } from 'node:crypto';

/** 128 bits, so that no one guesses it. */
export function newSlug(): string {
  return randomBytes(16).toString('base64url');
}

/** A slug as people get it: it says whose it is, so that it is looked for within one company. */
export function publicSlug(companyId: number, slug: string): string {
  return `${companyId}.${slug}`;
}

/** The parts of what `publicSlug` made; undefined for what it cannot have made. */
export function parsedSlug(text: string): { companyId: number; slug: string } | undefined {
  const [, company, slug] = /^([1-9]\d{0,9})\.([\w-]{22})$/.exec(text) ?? [];
  const companyId = Number(company);
  // Beyond this no company has an id: PostgreSQL's integer ends here.
  return slug !== undefined && companyId <= 2_147_483_647 ? { companyId, slug } : undefined;
}

export const registrationUrl = (publicUrl: string, slug: string) => `${publicUrl}/register/${slug}`;
export const checkInUrl = (publicUrl: string, slug: string) => `${publicUrl}/check-in/${slug}`;
export const ticketUrl = (publicUrl: string, token: string) => `${publicUrl}/ticket/${token}`;
