import { type Actors, FRESH_FOR, MOST_KEPT } from '../identity/actor.ts';
import type { Tokens } from '../identity/tokens.ts';
import type { Sql } from '../platform/db/statement.ts';
import { forbidden, unauthorized } from '../platform/problem.ts';
import { Recent } from '../platform/recent.ts';
import type { AccountType } from './account-types.ts';
import { findCustomerActor, findSession, touchSession } from './sessions/session-store.ts';
import { parsedSessionToken } from './sessions/session-token.ts';

/** What a customer signed in with: a token of /api/v3, or one of /v1, which ends by itself. */
export type Session =
  | { kind: 'session'; id: string }
  | { kind: 'jwt'; version: number; client: string | undefined; expiresAt: number };

/** Who acts under /api/v3. */
export interface CustomerActor {
  companyId: number;
  /** The account's id. */
  userId: string;
  /** Of /v1, where one acts for the customer. */
  apiClientId?: string | undefined;
  number: number;
  accountType: AccountType;
  session: Session;
}

/** The customers behind tokens. As with Actors, what is known of one is at most half a second old. */
export class CustomerActors {
  readonly #recent = new Recent<CustomerActor>(FRESH_FOR, MOST_KEPT);
  readonly #sql: Sql;
  readonly #tokens: Tokens;
  readonly #actors: Actors;

  constructor(sql: Sql, tokens: Tokens, actors: Actors) {
    this.#sql = sql;
    this.#tokens = tokens;
    this.#actors = actors;
  }

  /** Throws a 401 for a token that is none or no longer one, a 403 for a user of /v1 who is no customer. */
  of(token: string): Promise<CustomerActor> {
    const session = parsedSessionToken(token);
    return session
      ? this.#recent.of(token.toLowerCase(), () => this.#bySession(session))
      : this.#byJwt(token);
  }

  /** For this process, at once, after a change of rights. */
  forget(): void {
    this.#recent.forget();
  }

  async #bySession({ companyId, hash }: { companyId: number; hash: Buffer }): Promise<CustomerActor> {
    const found = await findSession(this.#sql, companyId, hash);
    if (!found?.alive)
      throw unauthorized('the token is not valid or has expired; POST /api/v3/api-token-auth/ gives one');
    // Not waited for: it is late by minutes only.
    if (found.stale) touchSession(this.#sql, companyId, hash).catch(() => {});
    const { accountId, number, accountType, id } = found;
    return { companyId, userId: accountId, number, accountType, session: { kind: 'session', id } };
  }

  async #byJwt(token: string): Promise<CustomerActor> {
    const claims = this.#tokens.verify(token);
    const { companyId, userId } = await this.#actors.of(claims);
    const customer = await this.#recent.of(`${companyId} ${userId}`, async () => {
      const found = await findCustomerActor(this.#sql, companyId, userId);
      if (!found) throw forbidden('this user is no customer of the interview suite');
      return { companyId, userId, ...found, session: { kind: 'session', id: '' } };
    });
    const session: Session = {
      kind: 'jwt',
      version: claims.ver,
      client: claims.client,
      expiresAt: claims.exp,
    };
    return { ...customer, apiClientId: claims.client, session };
  }
}
