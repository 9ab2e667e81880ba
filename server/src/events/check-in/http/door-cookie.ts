import { cookieFor, cookiesNamed } from '../../../platform/http/cookies.ts';
import { parsedSlug } from '../../event-links.ts';
import { basePath } from './addresses.ts';

const PREFIX = 'door-';
const DAY = 24 * 60 * 60;
/** The latest ones count: browsers send the oldest first (RFC 6265 §5.4). */
const MOST_DOORS = 20;

/** Remembers on this device that the event's check-in page was opened, for the ticket pages alone. */
export function doorCookie(slug: string, publicUrl: string): string | undefined {
  if (!parsedSlug(slug)) return undefined;
  return cookieFor({
    name: `${PREFIX}${slug.slice(-12)}`,
    value: slug,
    path: `${basePath(publicUrl)}/ticket`,
    secure: new URL(publicUrl).protocol === 'https:',
    seconds: DAY,
  });
}

/** The slugs of the check-in pages that were opened on this device. */
export function openedDoors(headers: Readonly<Record<string, string | string[] | undefined>>): string[] {
  return cookiesNamed(PREFIX, headers)
    .filter((slug) => parsedSlug(slug))
    .slice(-MOST_DOORS);
}
