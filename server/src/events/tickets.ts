import { createHmac, timingSafeEqual } from 'node:crypto';

/** One person's registration for one event. */
export interface TicketOf {
  companyId: number;
  eventId: string;
  contactId: string;
}

export interface Tickets {
  /** Always the same for one registration, so that a confirmation that is sent again opens the same page. */
  issue(of: TicketOf): string;
  /** undefined for what this server did not issue. */
  read(token: string): TicketOf | undefined;
}

const MAC_BYTES = 16;
const TOKEN = /^([1-9]\d{0,9})\.([\w-]{64})$/;

/**
 * Tokens that open one registration each: which one, and a code that only the server's secret makes (RFC 2104, cut to
 * 128 bits). Nothing is stored; a registration that is taken back has no page any more.
 */
export function ticketsUnder(secret: string): Tickets {
  const macOf = (companyId: number, ids: Buffer) =>
    createHmac('sha256', secret)
      .update(`event ticket ${companyId} `)
      .update(ids)
      .digest()
      .subarray(0, MAC_BYTES);
  return {
    issue({ companyId, eventId, contactId }) {
      const ids = Buffer.concat([bytesOf(eventId), bytesOf(contactId)]);
      return `${companyId}.${Buffer.concat([ids, macOf(companyId, ids)]).toString('base64url')}`;
    },
    read(token) {
      const [, company, code] = TOKEN.exec(token) ?? [];
      if (company === undefined || Number(company) > 2_147_483_647) return undefined;
      const bytes = Buffer.from(code!, 'base64url');
      const ids = bytes.subarray(0, 32);
      if (!timingSafeEqual(bytes.subarray(32), macOf(Number(company), ids))) return undefined;
      return {
        companyId: Number(company),
        eventId: uuidOf(ids.subarray(0, 16)),
        contactId: uuidOf(ids.subarray(16)),
      };
    },
  };
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
