import type { IncomingMessage } from 'node:http';
import { Budget, type Guest } from './budget.ts';
import type { LoadLimits } from './load-limits.ts';

/** So many requests at once are no crowd, however long they take. */
const FEW = 64;
/** Tokens of which it is remembered whose they are. */
const MOST_KNOWN = 10_000;
/** Milliseconds for which a route stays shut to a company whose share of the database was used up. */
const SHUT_FOR = 50;

/**
 * Who may come in. While the house is not crowded that is everyone, and the question costs next to nothing. When more
 * comes than can be served soon, the rest is refused as early as possible, so that what was let in is served soon; of
 * those who come, the ones are refused who take up most.
 */
export class Admission {
  readonly seats: Budget;
  readonly signIns: Budget;
  readonly unread: Budget;
  readonly bodies: Budget;
  /** Requests that were refused, since the start. */
  refused = 0;
  readonly #limits: LoadLimits;
  readonly #delay: () => number;
  readonly #fewSeats: number;
  readonly #leastUnread: number;
  /** The companies behind `Authorization` headers that were verified once: whose a request would be, no more. */
  readonly #known = new Map<string, number>();
  /** Until when which route is shut to whom. */
  readonly #shut = new Map<object, Map<Guest, number>>();
  #shutUntil = 0;

  /** `delay`: milliseconds that a request waits for the processor, or for the database, at present. */
  constructor(limits: LoadLimits, delay: () => number) {
    this.#limits = limits;
    this.#delay = delay;
    this.seats = new Budget(limits.seats);
    this.signIns = new Budget(limits.signIns);
    this.unread = new Budget(limits.unread);
    this.bodies = new Budget(limits.bodies);
    this.#fewSeats = Math.min(FEW, this.seats.leastRefused);
    this.#leastUnread = this.unread.leastRefused;
  }

  /** Whether it is worth asking who comes. */
  isCalm(): boolean {
    return this.seats.held < this.#fewSeats && this.unread.held < this.#leastUnread;
  }

  /** Whether one more request of a guest is refused. */
  refuses(guest: Guest): boolean {
    return (
      this.unread.refuses(guest) ||
      this.seats.refuses(guest) ||
      (this.seats.held >= FEW && this.#delay() > this.#limits.wait && this.seats.isLarge(guest, FEW))
    );
  }

  /** Whose a request is as far as its headers tell: nothing that rights depend on. */
  guestOf({ headers, socket }: IncomingMessage): Guest {
    const company = this.#known.get(headers.authorization ?? '');
    return company ?? addressOf(headers['x-forwarded-for'], socket.remoteAddress ?? '');
  }

  /** Remembers whose a header is, after it was verified. */
  know(authorization: string | undefined, companyId: number): void {
    if (authorization === undefined || this.#known.get(authorization) === companyId) return;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.set(authorization, companyId);
  }

  /** It is not theirs any more. */
  forget(authorization: string | undefined): void {
    if (authorization !== undefined) this.#known.delete(authorization);
  }

  /** For a moment, no more requests of this guest to this route: the database has its share in use. */
  shut(route: object, guest: Guest): void {
    const until = performance.now() + SHUT_FOR;
    this.#shutUntil = until;
    const guests = this.#shut.get(route) ?? new Map<Guest, number>();
    this.#shut.set(route, guests.set(guest, until));
  }

  isShut(route: object, request: IncomingMessage): boolean {
    if (this.#shut.size === 0) return false;
    const now = performance.now();
    if (now < this.#shutUntil) return (this.#shut.get(route)?.get(this.guestOf(request)) ?? 0) > now;
    this.#shut.clear();
    return false;
  }
}

/** The client's address; a proxy on this machine says it. */
function addressOf(forwarded: string | string[] | undefined, remote: string): string {
  if (forwarded === undefined || !LOOPBACK.test(remote)) return remote;
  const last = String(forwarded);
  return last.slice(last.lastIndexOf(',') + 1).trim();
}

const LOOPBACK = /^(?:::1|(?:::ffff:)?127\..*)$/;
