import { isIP } from 'node:net';

export interface Sender {
  name: string;
  address: string;
  /** Where the Message-IDs are made. */
  domain: string;
}

const EMAIL = /^[^\s@<>]+@([^\s@<>]+\.[^\s@<>]+)$/;

/**
 * Who mails come from: the SMTP account where that is an address (many providers let it send as nothing else), else
 * no-reply at the host that people see.
 */
export function senderOf(smtpUrl: string, publicUrl: string): Sender {
  const account = EMAIL.exec(new URL(smtpUrl).username.replaceAll(/%40/g, '@'));
  const host = new URL(publicUrl).hostname.replaceAll(/[[\]]/g, '');
  const domain = account?.[1] ?? (isIP(host) ? 'localhost' : host);
  return { name: 'Headwater', address: account?.[0] ?? `no-reply@${domain}`, domain };
}
