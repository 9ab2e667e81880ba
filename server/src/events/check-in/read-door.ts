import { openQuery } from '../../identity/verbs.ts';
import { isUuid } from '../../platform/uuid.ts';
import { doorClosed } from '../opening.ts';
import { findByCheckIn } from '../public-event-store.ts';
import type { Counts, Door, Told } from './door.ts';
import { countAttendees, findRegistrant, findRegistrants } from './door-store.ts';

/** The page for the staff at the door, or why there is none. `told` and `who`: what was just done, to whom. */
export const readDoor = openQuery(
  async (
    ctx,
    input: { slug: string; search: string; told: Told | undefined; who: string | undefined },
  ): Promise<Door> => {
    const { told, who } = input;
    const event = await findByCheckIn(ctx.sql, input.slug);
    if (!event) return { state: 'unknown' };
    const why = doorClosed(event, new Date());
    if (why) return { state: 'closed', why };
    const { companyId, id } = event;
    const search = input.search.trim();
    const [counts, found, registrant] = await Promise.all([
      countAttendees(ctx.sql, companyId, id),
      findRegistrants(ctx.sql, companyId, id, search),
      told && who && isUuid(who) ? findRegistrant(ctx.sql, companyId, id, who) : undefined,
    ]);
    return {
      state: 'open',
      event: event.shown,
      counts,
      search,
      ...found,
      ...(told && registrant ? { told: { what: told, registrant } } : {}),
    };
  },
);

/** How many registered and how many are here; undefined where there is no door. */
export const countDoor = openQuery(async (ctx, { slug }: { slug: string }): Promise<Counts | undefined> => {
  const event = await findByCheckIn(ctx.sql, slug);
  if (!event || doorClosed(event, new Date())) return undefined;
  return countAttendees(ctx.sql, event.companyId, event.id);
});
