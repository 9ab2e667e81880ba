import { timingSafeEqual } from 'node:crypto';
import { forbidden, invalid, unauthorized } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { findApiClientForExchange, secretHash } from './api-client-store.ts';
import { attempt, WrongSecret } from './sign-in-attempts.ts';
import { TOKEN_LIFETIME, type Tokens } from './tokens.ts';
import { openQuery } from './verbs.ts';

export interface ClientCredentials {
  clientId?: string;
  clientSecret?: string;
  client_id?: string;
  client_secret?: string;
  grant_type?: string;
}

/** OAuth 2.0 client credentials (RFC 6749 §4.4): a token that acts with the roles of the client's user. */
export const exchangeClientSecret = (tokens: Tokens) =>
  openQuery(async (ctx, input: ClientCredentials) => {
    const id = input.clientId ?? input.client_id;
    const secret = input.clientSecret ?? input.client_secret;
    if (!id) throw invalid('clientId', 'is required');
    if (!secret) throw invalid('clientSecret', 'is required');
    if (input.grant_type !== undefined && input.grant_type !== 'client_credentials') {
      throw invalid('grant_type', 'must be client_credentials');
    }
    const place = placeOf(id);
    if (!place) throw unknown();
    const { companyId, clientId } = place;
    const name = shownClientId(companyId, clientId);
    const client = await attempt(ctx.sql, name, async () => {
      const found = await findApiClientForExchange(ctx.sql, companyId, clientId);
      if (!found || !timingSafeEqual(found.secret_hash, secretHash(secret))) {
        throw new WrongSecret(unknown());
      }
      if (!found.active) throw forbidden("the client's user is inactive");
      return found;
    });
    return {
      access_token: tokens.issue({
        sub: client.account_id,
        company: companyId,
        ver: client.token_version,
        client: clientId,
      }),
      token_type: 'Bearer',
      expires_in: TOKEN_LIFETIME,
    };
  });

const unknown = () => unauthorized('unknown client or wrong secret');

/** A client's id as it is shown: the company's number leads to the rows, the UUID to the one. */
export function shownClientId(companyId: number, id: string): string {
  return `${companyId}.${id}`;
}

/** The parts of a shown client id, the same for every spelling; undefined where it is none. */
export function placeOf(shown: string): { companyId: number; clientId: string } | undefined {
  const [, company, clientId] = /^(\d{1,9})\.(.+)$/.exec(shown) ?? [];
  if (!company || !clientId || !isUuid(clientId)) return undefined;
  return { companyId: Number(company), clientId: clientId.toLowerCase() };
}
