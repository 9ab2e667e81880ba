import { randomBytes } from 'node:crypto';
import { companyIdOf } from '../identity/company-id.ts';

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
  const [, company, slug] = /^(\d+)\.([\w-]{22})$/.exec(text) ?? [];
  const companyId = companyIdOf(company);
  return slug !== undefined && companyId !== undefined ? { companyId, slug } : undefined;
}

export const registrationUrl = (publicUrl: string, slug: string) => `${publicUrl}/register/${slug}`;
export const checkInUrl = (publicUrl: string, slug: string) => `${publicUrl}/check-in/${slug}`;
export const ticketUrl = (publicUrl: string, token: string) => `${publicUrl}/ticket/${token}`;
