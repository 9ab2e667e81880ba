import { createHash } from 'node:crypto';
import { emailKey } from '../identity/email.ts';
import type { StoredIntegrations } from '../identity/integrations.ts';

/** What makes two records the same person. */
export interface IdentityKey {
  kind: string;
  value: string;
}

// An index entry holds some 2,700 bytes, and a character takes up to three; a longer link is compared by its digest.
const LONGEST_LINK_KEY = 800;

/** The keys of a contact or of a request, each once. */
export function identityKeys(of: {
  emails?: readonly string[];
  links?: readonly string[];
  integrations?: StoredIntegrations;
}): IdentityKey[] {
  const keys = [
    ...(of.emails ?? []).map((email) => ({ kind: 'email', value: emailKey(email) })),
    ...(of.links ?? []).map((link) => ({ kind: 'link', value: linkKey(link) })),
    ...Object.entries(of.integrations ?? {}).flatMap(([partner, { id }]) =>
      id ? [partnerKey(partner, id)] : [],
    ),
  ];
  return [...new Map(keys.map((key) => [`${key.kind} ${key.value}`, key])).values()];
}

export function partnerKey(partner: string, id: string): IdentityKey {
  return { kind: `partner ${partner}`, value: id };
}

/** The keys as SQL takes them: kinds and values, side by side. */
export function keyColumns(keys: readonly IdentityKey[]): [string[], string[]] {
  return [keys.map(({ kind }) => kind), keys.map(({ value }) => value)];
}

/** A link as it is compared: without scheme, `www.`, trailing slashes and the case of the host. */
export function linkKey(link: string): string {
  const trimmed = link.trim();
  const url = URL.parse(hasScheme(trimmed) ? trimmed : `https://${trimmed}`);
  if (!url) return short(trimmed.toLowerCase());
  const host = url.host.replace(/^www\./, '');
  return short(`${host}${url.pathname.replace(/\/+$/, '')}${url.search}${url.hash}`);
}

/** Whether a link may be kept: http, https, or no scheme at all. */
export function isWebLink(link: string): boolean {
  return !hasScheme(link.trim()) || /^https?:\/\/[^/]/i.test(link.trim());
}

function hasScheme(link: string): boolean {
  // `example.com:8080/x` is a host with a port, `mailto:x` a scheme.
  return /^[a-z][a-z0-9+.-]*:(?!\d+(?:\/|$))/i.test(link);
}

function short(key: string): string {
  return key.length <= LONGEST_LINK_KEY ? key : `sha256 ${createHash('sha256').update(key).digest('hex')}`;
}
