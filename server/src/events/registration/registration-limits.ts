import { isIPv6 } from 'node:net';
import type { Sql } from '../../platform/db/statement.ts';
import { tooMany } from '../../platform/problem.ts';
import { countUse } from '../../platform/use-counts.ts';

/** An event takes so many times what one address may send, so that no crowd of addresses fills it. */
const ADDRESSES = 20;
/** Mails an hour to one mailbox, for whatever events and by whatever spelling. */
const MAILS = 5;
const MINUTE = 60;
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

/** `perMinute`: forms of one address for one event; 0 = any. All processes count together, past the transactions. */
export function registrationLimits(perMinute: number, sql: Sql): RegistrationLimits {
  const free = async (key: string, most: number) => (await countUse(sql, key, HOUR)).times <= most;
  const mayMail = (email: string) => free(`mail ${mailbox(email)}`, MAILS);
  const mailing = {
    mayMail,
    mayRefuse: async (email: string, eventId: string) =>
      (await free(`refusal ${eventId} ${mailbox(email)}`, 1)) && mayMail(email),
  };
  if (perMinute === 0) return { takeForm: async () => {}, takeRegistration: async () => {}, ...mailing };
  const take = async (key: string, most: number) => {
    const { times, seconds } = await countUse(sql, key, MINUTE);
    if (times > most) throw tooMany(`too many registrations; try again in ${seconds} s`, seconds);
  };
  return {
    takeForm: (address, eventId) => take(`form ${eventId} ${network(address)}`, perMinute),
    takeRegistration: (eventId) => take(`registration ${eventId}`, perMinute * ADDRESSES),
    ...mailing,
  };
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
