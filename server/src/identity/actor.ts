import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { unauthorized } from '../platform/problem.ts';
import { Recent } from '../platform/recent.ts';
import { NIL_UUID } from '../platform/uuid.ts';
import { type Rights, rightsOf } from './permissions.ts';
import type { Claims } from './tokens.ts';

/** Who acts: a user of a company, by a password's token or an API client's. */
export interface Actor {
  companyId: number;
  userId: string;
  apiClientId: string | undefined;
  roles: string[];
  teams: string[];
  rights: Rights;
}

/**
 * Who acts where nobody signed in: a visitor of a public page, for whom the verb decides what may be done. The audit trail
 * has the id that is nobody's.
 */
export function nobody(companyId: number): Actor {
  return {
    companyId,
    userId: NIL_UUID,
    apiClientId: undefined,
    roles: [],
    teams: [],
    rights: rightsOf(['super_admin']),
  };
}

const actorState = statement({
  name: 'identity.actor',
  text: `
    select u.roles, a.active, a.token_version,
      array(select m.team_id from team_member m where m.company_id = $1 and m.account_id = $2) as teams,
      $3::uuid is null or exists (
        select from api_client c where c.company_id = $1 and c.id = $3 and c.account_id = $2
      ) as client_lives
    from crm_user u join account a on a.company_id = u.company_id and a.id = u.account_id
    where u.company_id = $1 and u.account_id = $2`,
  parameters: ['int4', 'uuid', 'uuid?'],
  row: { roles: 'text[]', active: 'bool', token_version: 'int4', teams: 'uuid[]', client_lives: 'bool' },
});

/** Milliseconds. */
export const FRESH_FOR = 500;
export const MOST_KEPT = 10_000;

/**
 * The actors behind verified tokens. What it knows of one is at most half a second old, on every process, with no
 * message between them: so a token dies, and a role counts, within a second (docs/decisions/0004-actor-cache.md).
 */
export class Actors {
  readonly #recent = new Recent<[Actor, number]>(FRESH_FOR, MOST_KEPT);
  readonly #sql: Sql;
  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Throws a 401 where the token's user, password or client is not what it was. */
  async of(claims: Claims): Promise<Actor> {
    const key = `${claims.company} ${claims.sub} ${claims.client ?? ''}`;
    const [actor, tokenVersion] = await this.#recent.of(key, () => this.#load(claims));
    if (tokenVersion === claims.ver) return actor;
    // The token may be newer than what is known here: another process changed the password a moment ago.
    const [anew, current] = await this.#load(claims);
    if (current !== claims.ver) throw dead();
    return anew;
  }

  /** For this process, at once, after a change of rights. */
  forget(): void {
    this.#recent.forget();
  }

  async #load(claims: Claims): Promise<[Actor, number]> {
    const [state] = await this.#sql.run(actorState, [claims.company, claims.sub, claims.client ?? null]);
    if (!state?.active || !state.client_lives) throw dead();
    const actor: Actor = {
      companyId: claims.company,
      userId: claims.sub,
      apiClientId: claims.client,
      roles: state.roles,
      teams: state.teams,
      rights: rightsOf(state.roles),
    };
    return [actor, state.token_version];
  }
}

function dead(): Error {
  return unauthorized('the token is no longer valid; sign in again');
}
