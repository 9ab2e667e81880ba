import { createHash } from 'node:crypto';
import type { Actor } from '../identity/actor.ts';
import type { Ctx } from '../identity/verbs.ts';
import { EXACT_COUNT } from '../platform/db/list-statements.ts';
import type { Sql } from '../platform/db/statement.ts';
import type { ContactFilter } from './contact-filter.ts';
import { type ContactPage, listContacts } from './contact-list-store.ts';
import {
  beginWalk,
  extendWalk,
  type Reading,
  type Walk,
  type WalkPage,
  walkAt,
  walkPage,
  youngWalk,
} from './contact-walk-store.ts';
import { dropWalks } from './drop-walks.ts';
import { settledUntil } from './settled-store.ts';

interface Paging {
  limit: number;
  offset: number;
}

/** Whether the list is of what changed since some time, as a copy is kept by. */
export function isOfChanges({ updatedAt }: ContactFilter): boolean {
  return updatedAt?.op === 'gt' || updatedAt?.op === 'gte';
}

/**
 * A page of a list of changes, once the writes are over that were under way when it was asked for. In the order of change
 * it ends where changes are settled, so that who asks again from there misses none, and a reader who goes on by offset is
 * kept its places: what stood behind one is never passed over, however many contacts change meanwhile. A reader whose
 * places are not known is given the list as it stands. In any other order changes move nothing, and all are shown: to
 * hide the latest would move those behind them.
 */
export async function listChanges(
  { sql, actor }: Ctx,
  asked: ContactFilter,
  paging: Paging,
): Promise<ContactPage> {
  if (asked.sort === 'updated_at' && !asked.descending) return inPlaces(sql, readingOf(actor, asked), paging);
  const settled = await settledUntil(sql, actor.companyId);
  const filter = asked.sort === 'updated_at' ? { ...asked, before: settled } : asked;
  return listContacts(sql, actor, filter, paging);
}

/** A reader is told from others by its user and API client, a list by all that decides what is in it. */
function readingOf(actor: Actor, filter: ContactFilter): Reading {
  return {
    actor,
    filter,
    reader: digest([actor.userId, actor.apiClientId]),
    list: digest([filter, actor.roles, actor.teams]),
  };
}

async function inPlaces(sql: Sql, reading: Reading, paging: Paging): Promise<ContactPage> {
  const { actor, filter } = reading;
  const { limit, offset } = paging;
  const [settled, walk] = await Promise.all([
    settledUntil(sql, actor.companyId),
    offset === 0 ? youngWalk(sql, reading) : walkAt(sql, reading, offset),
  ]);
  const walked = walk && offset > 0 && (await pageOf(sql, reading, walk, settled, paging));
  if (walked) return walked;

  const page = await listContacts(sql, actor, { ...filter, before: settled }, paging);
  if (offset > 0 || page.total <= limit || page.total > EXACT_COUNT) return page;
  if (walk) {
    // Who goes on in the older order has its length to go; it comes as far as this page.
    const extended = await extendWalk(sql, reading, walk, settled);
    return { ...page, total: Math.max(page.total, extended?.length ?? 0) };
  }
  // From here on the page is from the walk, whoever made it: contacts may have changed since the list was read.
  const begun = (await beginWalk(sql, reading, settled)) ?? (await youngWalk(sql, reading));
  const [first] = await Promise.all([
    begun && pageOf(sql, reading, begun, settled, paging),
    dropWalks(sql, actor.companyId),
  ]);
  return first ?? page;
}

/**
 * The last page says that it is the last, once what changed meanwhile has its places; those before it write nothing. None
 * where the walk is over by now.
 */
async function pageOf(
  sql: Sql,
  reading: Reading,
  found: Walk,
  settled: string,
  paging: Paging,
): Promise<ContactPage | undefined> {
  const { limit, offset } = paging;
  const reachesOn = (page: WalkPage, walk: Walk) => page.batch === limit && page.last < walk.length;
  if (found.length > offset + limit) {
    const page = await walkPage(sql, reading, found, settled, paging);
    if (reachesOn(page, found)) return { ...page, total: lengthOf(found, page) };
  }
  const walk = await extendWalk(sql, reading, found, settled);
  if (!walk) return undefined;
  const page = await walkPage(sql, reading, walk, settled, paging);
  return { ...page, total: reachesOn(page, walk) ? lengthOf(walk, page) : offset + page.batch };
}

/** How long a walk is with what waits for its places: no longer than it may become. */
function lengthOf({ length }: Walk, { waiting }: WalkPage): number {
  return Math.min(length + waiting, EXACT_COUNT + 1);
}

function digest(what: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(what)).digest();
}
