import { sealUnder } from '../../platform/seal.ts';
import type { CustomerActor, Session } from '../customer-actor.ts';

/** Which photo a link shows, and for which session it was made. */
export interface PhotoOf {
  /** The customer's number. */
  number: number;
  /** Where the photo is kept: another one has another address. */
  key: string;
  /** The account of whoever asked. */
  accountId: string;
  session: Session;
}

export interface PhotoLinks {
  /** The end of a photo's address, for one session: another session gets another one. */
  issue(reader: CustomerActor, number: number, key: string): string;
  /** undefined for what this server did not issue for this company. */
  read(companyId: number, token: string): PhotoOf | undefined;
}

/** What a link says, short enough for an address. */
type Said = [number: number, key: string, accountId: string, ...session: unknown[]];

/**
 * Addresses that show a photo without a header, for as long as the session they were made for: what they are about, and
 * a seal.
 */
export function photoLinksUnder(secret: string): PhotoLinks {
  const sealOf = (companyId: number) => sealUnder(secret, `photo ${companyId}`);
  return {
    issue({ companyId, userId, session }, number, key) {
      const said: Said = [number, key, userId, ...partsOf(session)];
      const body = Buffer.from(JSON.stringify(said)).toString('base64url');
      return `${body}.${sealOf(companyId).of(body).toString('base64url')}`;
    },
    read(companyId, token) {
      const [, body, seal] = /^([\w-]+)\.([\w-]{22})$/.exec(token) ?? [];
      if (body === undefined) return undefined;
      if (!sealOf(companyId).fits(body, Buffer.from(seal!, 'base64url'))) return undefined;
      const [number, key, accountId, ...session] = JSON.parse(
        Buffer.from(body, 'base64url').toString(),
      ) as Said;
      return { number, key, accountId, session: sessionOf(session) };
    },
  };
}

function partsOf(session: Session): unknown[] {
  if (session.kind === 'session') return [session.id];
  const { version, expiresAt, client } = session;
  return [version, expiresAt, ...(client === undefined ? [] : [client])];
}

function sessionOf(parts: unknown[]): Session {
  if (parts.length === 1) return { kind: 'session', id: parts[0] as string };
  const [version, expiresAt, client] = parts as [number, number, string | undefined];
  return { kind: 'jwt', version, expiresAt, client };
}
