import type { ListEntry } from '../contacts/contact.ts';
import type { ListInput } from '../contacts/contact-input.ts';
import type { Placement } from '../contacts/placements.ts';
import { forbidden, invalid } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { replaceMemberships } from './member-store.ts';
import { holdPools } from './pool-store.ts';

/** A contact's `lists`: the pools that it is in. What a client sends back as it was changes nothing. */
export const poolPlacement: Placement<ListInput, ListEntry> = {
  async replace({ sql, actor }, contactId, before, given) {
    const wanted = new Set(given.map(({ id }) => id.toLowerCase()));
    const added = [...wanted].filter((id) => !before.some((entry) => entry.id === id));
    const removed = before.filter(({ id }) => !wanted.has(id)).map(({ id }) => id);
    if (added.length === 0 && removed.length === 0) return { entries: [...before], store: undefined };

    const pools = await holdPools(sql, actor, [...[...wanted].filter(isUuid), ...removed]);
    const unknown = added.find((id) => !pools.has(id));
    if (unknown !== undefined) {
      const index = given.findIndex(({ id }) => id.toLowerCase() === unknown);
      throw invalid(`lists[${index}].id`, 'must be the id of a pool; GET /v1/pools lists them');
    }
    if (actor.rights.pools !== 'write') throw forbidden('your roles do not include pools.write');
    // One that stays and is not there any more was deleted a moment ago.
    const stay = before.filter(({ id }) => wanted.has(id) && pools.has(id));
    return {
      entries: [...stay, ...added.map((id) => ({ id, name: pools.get(id)! }))],
      store: () => replaceMemberships(sql, actor.companyId, contactId, { removed, added }),
    };
  },
};
