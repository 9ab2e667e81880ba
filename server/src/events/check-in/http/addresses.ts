import { ticketUrl } from '../../event-links.ts';
import type { Told } from '../door.ts';

/** Where the pages lie on this server, by their paths: a form may lead nowhere else. */
export interface Addresses {
  door(slug: string, step?: 'attended' | 'undo' | 'walk-in' | 'count'): string;
  ticket(token: string): string;
  /** Where a tap leads: the same page anew, with what the tap did. */
  doorAfter(slug: string, told: Told, contactId: string): string;
  ticketAfter(token: string, told: Told): string;
  /** For a QR code. */
  ticketUrl(token: string): string;
}

/** Paths begin with the public address's own, where it has one. */
export function addressesAt(publicUrl: string): Addresses {
  const base = basePath(publicUrl);
  const door = (slug: string) => `${base}/check-in/${encodeURIComponent(slug)}`;
  const ticket = (token: string) => `${base}/ticket/${encodeURIComponent(token)}`;
  return {
    door: (slug, step) => (step ? `${door(slug)}/${step}` : door(slug)),
    ticket,
    doorAfter: (slug, told, who) => `${door(slug)}?${new URLSearchParams({ told, who })}`,
    ticketAfter: (token, told) => `${ticket(token)}?${new URLSearchParams({ told })}`,
    ticketUrl: (token) => ticketUrl(publicUrl, token),
  };
}

export function basePath(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/+$/, '');
}

/** What an address says that a tap did; anything else says nothing. */
export function toldOf(text: string | undefined): Told | undefined {
  return (['attended', 'again', 'undone'] as const).find((told) => told === text);
}
