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
const LONGEST_HOST = 260;

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
  const url = hasLongHost(trimmed) ? null : URL.parse(hasScheme(trimmed) ? trimmed : `https://${trimmed}`);
  if (!url) return short(trimmed.toLowerCase());
  const host = url.host.replace(/^www\./, '');
  return short(`${host}${withoutTrailingSlashes(url.pathname)}${url.search}${url.hash}`);
}

/** Whether a link may be kept: http, https, or no scheme at all, and a host that DNS could know. */
export function isWebLink(link: string): boolean {
  const trimmed = link.trim();
  if (hasLongHost(trimmed)) return false;
  return (!hasScheme(trimmed) || /^https?:\/\/[^/]/i.test(trimmed)) && leadsToTheWeb(trimmed);
}

/** Whether a browser takes it for a web address, or for a part of one: it looks past control characters and port numbers. */
function leadsToTheWeb(link: string): boolean {
  const protocol = URL.parse(link)?.protocol;
  // 'www.example.org:8080' is a host with a port.
  return protocol === undefined || /^https?:$|\.|^localhost:$/.test(protocol);
}

/** RFC 1035 §2.3.4, with room for a port. Parsing a long one takes time that grows with its square. */
function hasLongHost(link: string): boolean {
  const start = link.indexOf('//') + 2;
  const host = link.slice(hasScheme(link) && start > 1 ? start : 0);
  const end = host.search(/[/?#\\]/);
  return (end === -1 ? host.length : end) > LONGEST_HOST;
}

function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function hasScheme(link: string): boolean {
  // `example.com:8080/x` is a host with a port, `mailto:x` a scheme.
  return /^[a-z][a-z0-9+.-]*:(?!\d+(?:\/|$))/i.test(link);
}

function short(key: string): string {
  return key.length <= LONGEST_LINK_KEY ? key : `sha256 ${createHash('sha256').update(key).digest('hex')}`;
}
