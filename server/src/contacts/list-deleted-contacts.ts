import type { Ctx } from '../identity/verbs.ts';
import { query } from '../identity/verbs.ts';
import { statement } from '../platform/db/statement.ts';
import { invalid } from '../platform/problem.ts';
import { parseMoment } from '../platform/time.ts';
import { isUuid } from '../platform/uuid.ts';
import { VISIBILITY, visibilityOf, visible } from './visibility.ts';

const PAGE = 100;
const GONE = 'coalesce(c.deleted_at, c.anonymised_at, c.archived_at)';
const WHAT = `case when c.deleted_at is not null then 'deleted'
  when c.anonymised_at is not null then 'anonymised' else 'archived' end`;

const deleted = statement({
  name: 'contact.deleted',
  text: `
    with gone as (
      select c.id, ${GONE} as at from contact c
      where c.company_id = $1 and ${GONE} is not null and ${visible(2)}
        and ($9::timestamptz is null or ${GONE} >= $9) and ($10::text is null or ${WHAT} = $10)),
    last as (
      select c.id, ${GONE} as at from contact c
      where c.company_id = $1 and c.id = $11 and ${GONE} is not null and ${visible(2)})
    select (select count(*) from gone) as total,
      $11::uuid is null or exists (select from last) as known,
      array(
        select g.id from gone g
        where $11::uuid is null or (g.at, g.id) > (select l.at, l.id from last l)
        order by g.at, g.id limit ${PAGE}) as ids`,
  parameters: ['int4', ...VISIBILITY, 'timestamptz?', 'text?', 'uuid?'],
  row: { total: 'int8', known: 'bool', ids: 'uuid[]' },
  scan: true,
});

export interface DeletedRequest {
  since?: string;
  afterId?: string;
  type?: 'deleted' | 'archived' | 'anonymised' | 'anonymized';
}

/** The ids that a copy of the contacts has to drop, at most a hundred, oldest first; one round trip. */
export const listDeletedContacts = query(
  'signed-in',
  async (ctx: Ctx, { since, afterId, type }: DeletedRequest) => {
    if (afterId !== undefined && !isUuid(afterId)) throw unknownAfter();
    const [row] = await ctx.sql.run(deleted, [
      ctx.actor.companyId,
      ...visibilityOf(ctx.actor),
      since === undefined ? null : parseMoment(since)!,
      type === undefined ? null : type.replace('anonymized', 'anonymised'),
      afterId ?? null,
    ]);
    if (!row!.known) throw unknownAfter();
    return { ids: row!.ids, totalCount: row!.total };
  },
);

function unknownAfter(): Error {
  return invalid('afterId', 'must be the last id of an earlier page');
}
