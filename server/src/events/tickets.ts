import { companyIdOf } from '../identity/company-id.ts';
import { SEAL_LENGTH, sealUnder } from '../platform/seal.ts';

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

const TOKEN = /^(\d+)\.([\w-]{64})$/;

/**
 * Tickets that open one registration each: which one, and a seal. Nothing is stored; a registration that is taken back
 * has no page any more.
 */
export function ticketsUnder(secret: string): Tickets {
  const sealOf = (companyId: number) => sealUnder(secret, `event ticket ${companyId}`);
  return {
    issue({ companyId, eventId, contactId }) {
      const ids = Buffer.concat([bytesOf(eventId), bytesOf(contactId)]);
      return `${companyId}.${Buffer.concat([ids, sealOf(companyId).of(ids)]).toString('base64url')}`;
    },
    read(token) {
      const [, company, code] = TOKEN.exec(token) ?? [];
      const companyId = companyIdOf(company);
      if (companyId === undefined) return undefined;
      const bytes = Buffer.from(code!, 'base64url');
      const ids = bytes.subarray(0, -SEAL_LENGTH);
      if (!sealOf(companyId).fits(ids, bytes.subarray(-SEAL_LENGTH))) return undefined;
      return {
        companyId,
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
