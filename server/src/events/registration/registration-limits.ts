import { isIPv6 } from 'node:net';
// rate-limiter-flexible: as platform/http/rate-limits.ts.
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { tooMany } from '../../platform/problem.ts';

/** An event takes so many times what one address may send, so that no crowd of addresses fills it. */
const ADDRESSES = 20;
/** Mails an hour to one mailbox, for whatever events and by whatever spelling. */
const MAILS = 5;
const HOUR = 3600;

export interface RegistrationLimits {
  /** Counts a form, from an address, for an event; throws a 429 past the limit. */
  takeForm(address: string, eventId: string): Promise<void>;
  /** Counts a registration for an event; throws a 429 past the limit. */
  takeRegistration(eventId: string): Promise<void>;
  /** Counts a confirmation; whether it is one of few enough to be sent. */
  mayMail(email: string): Promise<boolean>;
  /** The same for telling someone who was forgotten: once an hour for an event. */
  mayRefuse(email: string, eventId: string): Promise<boolean>;
}

/** `perMinute`: forms of one address for one event; 0 = any. */
export function registrationLimits(perMinute: number): RegistrationLimits {
  const mails = new RateLimiterMemory({ points: MAILS, duration: HOUR });
  const refusals = new RateLimiterMemory({ points: 1, duration: HOUR });
  const free = (counter: RateLimiterMemory, key: string) =>
    counter.consume(key).then(
      () => true,
      () => false,
    );
  const mayMail = (email: string) => free(mails, mailbox(email));
  const mailing = {
    mayMail,
    mayRefuse: async (email: string, eventId: string) =>
      (await free(refusals, `${eventId} ${mailbox(email)}`)) && mayMail(email),
  };
  if (perMinute === 0) return { takeForm: async () => {}, takeRegistration: async () => {}, ...mailing };
  const byAddress = new RateLimiterMemory({ points: perMinute, duration: 60 });
  const byEvent = new RateLimiterMemory({ points: perMinute * ADDRESSES, duration: 60 });
  return {
    takeForm: (address, eventId) => consume(byAddress, `${eventId} ${network(address)}`),
    takeRegistration: (eventId) => consume(byEvent, eventId),
    ...mailing,
  };
}

async function consume(counter: RateLimiterMemory, key: string): Promise<void> {
  const refused: unknown = await counter.consume(key).then(
    () => undefined,
    (result) => result,
  );
  if (refused === undefined) return;
  const { msBeforeNext } = refused as { msBeforeNext: number };
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  throw tooMany(`too many registrations; try again in ${seconds} s`, seconds);
}

/** Of IPv6, what one connection is given: its first 64 bits (RFC 6177). */
function network(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const first = head.split(':').filter(Boolean);
  const last = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  return [...first, ...Array(zeros).fill('0'), ...last].slice(0, 4).join(':');
}

/** Where a mail arrives: most providers take what follows a plus for a label. */
function mailbox(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at).split('+')[0]}${email.slice(at)}`.toLowerCase();
}
