import type { Mistakes, PublicEvent } from '../registration/registration.ts';

/** Someone who registered, as the staff at the door see them. */
export interface Registrant {
  contactId: string;
  name: string;
  /** Enough of it to tell two of one name apart, and no more. */
  email?: string;
  /** ISO 8601 UTC. */
  attendedAt?: string;
}

/** Those who registered, and those of them who came. */
export interface Counts {
  registered: number;
  attended: number;
}

/** What a tap at the door did; `again`: the registrant had been checked in before. */
export type Told = 'attended' | 'again' | 'undone';

/** Someone at the door who did not register. */
export interface WalkIn {
  name: string;
  /** May be empty. */
  email: string;
  consent: boolean;
}

/** How things stand with a check-in link. */
export type Door =
  | { state: 'unknown' }
  | { state: 'closed'; why: 'draft' | 'cancelled' | 'deleted' | 'over' }
  | {
      state: 'open';
      event: PublicEvent;
      counts: Counts;
      /** What was looked for; empty: everyone. */
      search: string;
      /** By name, at most fifty; `more`: there are others. */
      registrants: Registrant[];
      more: boolean;
      told?: { what: Told; registrant: Registrant };
      walkIn?: { form: WalkIn; mistakes: Mistakes };
    };

/** What came of a tap: where it went well, the page is shown anew. */
export type Tapped = { state: 'done'; what: Told; contactId: string } | Exclude<Door, { state: 'open' }>;

/** How things stand with the link in a QR code. */
export type Ticket =
  | { state: 'unknown' }
  /** For the registrant. `link`: where to join online. */
  | {
      state: 'shown';
      event: PublicEvent;
      name: string;
      attendedAt?: string;
      link?: string;
      cancelled: boolean;
    }
  /** On a device where the event's check-in page was opened. `slug`: that page's. */
  | { state: 'door'; event: PublicEvent; slug: string; counts: Counts; registrant: Registrant; told?: Told };
