import type { Ctx } from '../identity/verbs.ts';
import { EXACT_COUNT } from '../platform/db/list-statements.ts';
import { Walk, type Walks } from '../platform/walks.ts';
import { type ContactFilter, type ContactPage, listContacts } from './contact-list-store.ts';
import { walkPage, walkPositions } from './contact-walk-store.ts';
import { settledUntil } from './settled-store.ts';

/** Whether the list is of what changed since some time, as a copy is kept by. */
export function isOfChanges({ updatedAt }: ContactFilter): boolean {
  return updatedAt?.op === 'gt' || updatedAt?.op === 'gte';
}

/**
 * A page of a list of changes, once the writes are over that were under way when it was asked for. In the order of change
 * it ends where changes are settled, so that who asks again from there misses none, and a reader who goes on by offset is
 * kept its places: what stood behind one is never passed over, however many contacts change meanwhile. A reader whom this
 * process does not know is given the list as it stands. In any other order changes move nothing, and all are shown: to
 * hide the latest would move those behind them.
 */
export async function listChanges(
  { sql, actor }: Ctx,
  walks: Walks,
  asked: ContactFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<ContactPage> {
  const settled = await settledUntil(sql, actor.companyId);
  if (asked.sort !== 'updated_at') return listContacts(sql, actor, asked, { limit, offset });
  const filter = { ...asked, before: settled };
  const list = () => listContacts(sql, actor, filter, { limit, offset });
  if (asked.descending) return list();

  const reader = JSON.stringify([actor.companyId, actor.userId, actor.apiClientId]);
  const name = JSON.stringify([asked, actor.roles, actor.teams]);
  const extended = async (walk: Walk) => {
    walk.extend(await walkPositions(sql, actor, filter, walk.upTo), settled);
    return walk;
  };
  const known = offset === 0 ? walks.young(reader, name) : walks.at(reader, name, offset);
  if (known && offset > 0) return pageOf({ sql, actor }, await extended(known), filter, { limit, offset });

  const page = await list();
  if (offset > 0 || page.total <= limit || page.total > EXACT_COUNT) return page;
  // Who goes on in the older order has its length to go.
  if (known) return { ...page, total: Math.max(page.total, (await extended(known)).length) };
  const walk = await extended(new Walk(name, asked.updatedAt!.value));
  walks.begin(reader, walk);
  return pageOf({ sql, actor }, walk, filter, { limit, offset });
}

/**
 * As many contacts as are asked for, from a place on. Those that are not in the list any more, or not yet again, leave
 * their places empty and others fill the page: some come twice, and whoever shares the walk keeps its places. The last
 * page says that it is the last.
 */
async function pageOf(
  { sql, actor }: Pick<Ctx, 'sql' | 'actor'>,
  walk: Walk,
  filter: ContactFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<ContactPage> {
  let page: ContactPage = { contacts: '', batch: 0, total: walk.length, excepted: null };
  let from = offset;
  while (page.batch < limit && from < walk.length) {
    const wanted = walk.slice(from, limit - page.batch);
    const { contacts, batch, excepted } = await walkPage(sql, actor, filter, wanted);
    const joined = [page.contacts, contacts].filter((text) => text !== '').join(',');
    page = { ...page, contacts: joined, batch: page.batch + batch, excepted };
    from += wanted.length;
  }
  return from < walk.length ? page : { ...page, total: offset + page.batch };
}
