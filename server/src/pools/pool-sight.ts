import { sharedPools } from '../contacts/visibility.ts';
import type { Actor } from '../identity/actor.ts';
import type { ColumnType } from '../platform/db/statement.ts';

/** Whether an actor sees `pool p` of the company at $1, in SQL over three values of POOL_SIGHT, wherever they are. */
export function seesPool([all, user, grantees]: readonly [string, string, string]): string {
  return `(${all}::bool or p.id in (${sharedPools(user, grantees)}))`;
}

/** Whether it sees every pool, itself, itself and its teams. */
export const POOL_SIGHT = ['bool', 'uuid', 'uuid[]'] as const satisfies ColumnType[];

/** The values for POOL_SIGHT. */
export function poolSightOf({ rights, userId, teams }: Actor): [boolean, string, string[]] {
  return [seesEveryPool({ rights }), userId, [userId, ...teams]];
}

export function seesEveryPool({ rights }: Pick<Actor, 'rights'>): boolean {
  return rights.pools !== 'given';
}
