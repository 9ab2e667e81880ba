import { EXACT_COUNT, estimateText, totalOf } from '../platform/db/list-statements.ts';
import { adHoc, type ColumnType, type Sql } from '../platform/db/statement.ts';
import type { CompiledFilter } from '../platform/filter/compile-filter.ts';
import type { Event } from './event.ts';
import { EVENT_COLUMNS, eventOf } from './event-read-store.ts';
import type { SortKey } from './search-fields.ts';

/** $1 is the company, then where the page begins and how long it is. */
export const FIRST_OF_FILTER = 4;

/** The indexes that find events hold this besides. */
const USUAL_PLACE = 'e.start_at';

export interface EventSearch {
  filter: CompiledFilter;
  sort: SortKey;
  descending: boolean;
  limit: number;
  skip: number;
}

/** The statements of a search: its page with the count, and the estimate for a count past what is counted exactly. */
export function searchStatements({ filter, sort, descending }: Omit<EventSearch, 'limit' | 'skip'>) {
  const parameters: ColumnType[] = ['int4', 'int4', 'int4', ...filter.types];
  const where = `e.company_id = $1 and ${filter.where}`;
  const page = adHoc({
    text: `
      with ${foundText(where, sort, descending)}
      select c.total, to_json(p) as event
      from (select count(*) as total from found) c
      left join (
        select ${EVENT_COLUMNS}, k.place
        from k join event e on e.company_id = $1 and e.id = k.id) p on true
      order by ${orderOf('p', 'p.place', sort, descending)}`,
    parameters,
    row: { total: 'int8', event: 'json?' },
    scan: true,
  });
  return { page, estimate: adHoc(estimateText('event e', where, parameters)) };
}

/**
 * `found`: what matches, up to one past the exact count. `k`: the ids of the page, each with what places it. Both ask for
 * what indexes hold, as far as they do; the events themselves are read for the page alone.
 */
function foundText(where: string, sort: SortKey, descending: boolean): string {
  const ids = (conditions: string) => `select e.id, ${sort.sql} as place from event e where ${conditions}`;
  const order = orderOf('e', sort.sql, sort, descending);
  if (sort.sql !== USUAL_PLACE) {
    return `
      found as materialized (select from event e where ${where} limit ${EXACT_COUNT + 1}),
      k as (${ids(where)} order by ${order} offset $2 limit $3)`;
  }
  // Of few, the page is taken from those that were found for the count; of many, by an index in order.
  return `
      found as materialized (${ids(where)} limit ${EXACT_COUNT + 1}),
      k as (
        select f.id, f.place from (
          select f.id, f.place from found f where (select count(*) from found) <= ${EXACT_COUNT}
          union all
          (${ids(`(select count(*) from found) > ${EXACT_COUNT} and ${where}`)}
           order by ${order} limit $2::int4 + $3::int4::int8)) f
        order by ${orderOf('f', 'f.place', sort, descending)} offset $2 limit $3)`;
}

/** Completed by the id, so that no two events stand in one place. */
function orderOf(alias: string, place: string, { unset }: SortKey, descending: boolean): string {
  const direction = descending ? 'desc' : 'asc';
  return `${[...new Set([place, `${alias}.id`])].join(` ${direction}${unset ? ' nulls last' : ''}, `)} ${direction}`;
}

/** A page of the events that match, and how many there are: exact up to 10,000, past it an estimate. One round trip. */
export async function searchEvents(
  sql: Sql,
  companyId: number,
  search: EventSearch,
): Promise<{ events: Event[]; total: number }> {
  const { page, estimate } = searchStatements(search);
  const values = [companyId, search.skip, search.limit, ...search.filter.values];
  // Of an empty page there is one row too, for the count.
  const rows = await sql.run(page, values as never);
  return {
    total: await totalOf(sql, rows[0]!.total, estimate, values),
    events: rows.flatMap(({ event }) => (event ? [eventOf(companyId, JSON.parse(event))] : [])),
  };
}
