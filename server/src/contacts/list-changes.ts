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

  const key = JSON.stringify([actor.companyId, actor.userId, actor.apiClientId, asked]);
  let walk = offset === 0 ? undefined : walks.at(key, offset);
  if (!walk) {
    const page = await list();
    const whole = page.total <= limit || page.total > EXACT_COUNT;
    if (offset > 0 || whole || !walks.wanting(key)) return page;
    walk = new Walk(actor.companyId, asked.updatedAt!.value);
  }
  walk.extend(await walkPositions(sql, actor, filter, walk.upTo), settled);
  if (offset === 0) walks.begin(key, walk);

  for (;;) {
    const wanted = walk.slice(offset, limit);
    const page = await walkPage(sql, actor, filter, wanted);
    const gone = new Set(wanted).difference(new Set(page.present));
    if (gone.size === 0) return { ...page, total: walk.length };
    walk.drop(gone, offset);
  }
}
