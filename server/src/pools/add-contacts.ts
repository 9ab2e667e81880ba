import type { Contact } from '../contacts/contact.ts';
import { MOST } from '../contacts/contact-limits.ts';
import { holdContactIds, holdContacts, restateContacts } from '../contacts/place-contacts.ts';
import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { invalid } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { requireHeldPool } from './find-pool.ts';
import { insertMembers } from './member-store.ts';

/** One contact, or many. */
export interface ContactsInput {
  id?: string;
  ids?: string[];
}

// Texts of contacts that are in memory at a time.
const BATCH = 200;

/** Puts contacts into a pool, all of them or, where one is unknown, none (400). Those already in it are left alone. */
export const addContacts = recordCommand(
  'pools.write',
  async (ctx, { poolid, input }: { poolid: string; input: ContactsInput }, permit) => {
    const { companyId } = ctx.actor;
    const pool = await requireHeldPool(ctx, poolid);
    permit(true);
    const paths = pathsOf(input);
    const ids = [...paths.keys()].sort();
    const known = await holdContactIds(ctx.sql, ctx.actor, ids.filter(isUuid));
    for (const [id, path] of paths) {
      if (!known.has(id)) throw invalid(path, `must be the id of a contact; ${id} is none`);
    }
    let added = 0;
    for (let from = 0; from < ids.length; from += BATCH) {
      const held = await holdContacts(ctx.sql, ctx.actor, ids.slice(from, from + BATCH));
      const joining = held.filter(({ lists }) => !lists.some(({ id }) => id === pool.id));
      for (const contact of joining) requireRoom(contact, paths.get(contact.id)!);
      await Promise.all([
        restateContacts(
          ctx,
          joining.map((contact) => ({ ...contact, lists: [...contact.lists, pool] })),
          { ref: pool.id, added: true, field: 'lists' },
        ),
        insertMembers(
          ctx.sql,
          companyId,
          pool.id,
          joining.map(({ id }) => id),
        ),
        // Once, with the first that come.
        added === 0 && joining.length > 0
          ? audit(ctx, 'pool.add-contacts', { kind: 'pool', id: pool.id }, ['contacts'])
          : undefined,
      ]);
      added += joining.length;
    }
    return { added, there: ids.length - added };
  },
);

/** Where the request first names each contact. */
function pathsOf({ id, ids }: ContactsInput): Map<string, string> {
  if ((id === undefined) === (ids === undefined)) {
    throw invalid('body', 'must have either the id of a contact or the ids of several');
  }
  const paths = new Map<string, string>();
  if (id !== undefined) paths.set(id.toLowerCase(), 'id');
  ids?.forEach((one, index) => {
    const key = one.toLowerCase();
    if (!paths.has(key)) paths.set(key, `ids[${index}]`);
  });
  return paths;
}

function requireRoom({ id, lists }: Contact, path: string): void {
  if (lists.length >= MOST.lists) {
    throw invalid(path, `must be a contact that is in fewer than ${MOST.lists} pools; ${id} is in as many`);
  }
}
