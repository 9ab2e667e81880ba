import { EXACT_COUNT, orderOf } from '../platform/db/list-statements.ts';
import { type ColumnType, type Statement, statement } from '../platform/db/statement.ts';
import type { ContactFilter } from './contact-filter.ts';
import { contactShape, listCondition } from './contact-list-store.ts';

/** Seconds that a walk is young: who begins meanwhile shares it. */
export const YOUNG = 5 * 60;
/** Seconds that a walk lives: who shared it at the end of its youth has it for as long again. */
export const LIFE = 2 * YOUNG;
/** Places of a walk: one more than offsets reach. */
const LONGEST = EXACT_COUNT + 1;

const WALK = { number: 'int4', length: 'int4', up_to: 'timestamptz' } as const;
const LENGTHENED = { length: 'int4', up_to: 'timestamptz' } as const;
const PAGE = { contacts: 'text', batch: 'int8', last: 'int4', waiting: 'int8', excepted: 'uuid[]?' } as const;
interface WalkStatements {
  begin: Statement<readonly ColumnType[], typeof WALK>;
  extend: Statement<readonly ColumnType[], typeof LENGTHENED>;
  page: Statement<readonly ColumnType[], typeof PAGE>;
}
const statements = new Map<string, WalkStatements>();

const THE_READERS = 'w.company_id = $1 and w.reader = $2 and w.list = $3';
const READER = ['int4', 'bytea', 'bytea'] as const;

/** The oldest walk that is at most so many seconds old and comes as far as an offset. */
export const findWalk = statement({
  name: 'contact-walk.find',
  text: `
    select w.number, w.length, w.up_to from contact_walk w
    where ${THE_READERS} and w.begun_at >= now() - make_interval(secs => $4) and w.length >= $5
    order by w.number limit 1`,
  parameters: [...READER, 'float8', 'int4'],
  row: WALK,
});

/** The statements for a filter's shape: the same shape is the same prepared statement. */
export function walkStatements(everything: boolean, filter: ContactFilter): WalkStatements {
  const shape = contactShape(everything, filter);
  let known = statements.get(shape);
  if (!known) {
    known = {
      begin: begin(shape, everything, filter),
      extend: extend(shape, everything, filter),
      page: page(shape, everything, filter),
    };
    statements.set(shape, known);
  }
  return known;
}

/** $4: until then changes are settled. Of two beginnings at one moment one waits for the other, and makes nothing. */
function begin(shape: string, everything: boolean, filter: ContactFilter): WalkStatements['begin'] {
  const leading = [...READER, 'timestamptz'] as const;
  const { where, parameters } = listCondition(everything, filter, { leading, veiled: false });
  return statement({
    name: `contact-walk.begin.${shape}`,
    text: `
      with ${fresh(where, filter, 'c.updated_at < $4', String(LONGEST))}
      insert into contact_walk (company_id, reader, list, number, begun_at, up_to, length, places)
      select $1, $2, $3,
        (select coalesce(max(w.number), 0) + 1 from contact_walk w where ${THE_READERS}),
        now(), $4, cardinality(f.ids), f.ids
      from fresh f
      where not exists (
        select from contact_walk w
        where ${THE_READERS} and w.begun_at >= now() - interval '${YOUNG} seconds')
      on conflict do nothing
      returning number, length, up_to`,
    parameters,
    row: WALK,
    scan: true,
  });
}

/** $4: which walk; $5: until then changes are settled; $6: how far it came when it was found, or further by now. */
function extend(shape: string, everything: boolean, filter: ContactFilter): WalkStatements['extend'] {
  const leading = [...READER, 'int4', 'timestamptz', 'timestamptz'] as const;
  const { where, parameters } = listCondition(everything, filter, { leading, veiled: false });
  const since = 'c.updated_at >= $6 and c.updated_at >= (select h.up_to from held h)';
  const room = `(select greatest(0, ${LONGEST} - h.length) from held h)`;
  return statement({
    name: `contact-walk.extend.${shape}`,
    text: `
      with held as materialized (
        select w.length, w.up_to from contact_walk w where ${THE_READERS} and w.number = $4 for update),
      ${fresh(where, filter, `c.updated_at < $5 and ${since}`, room)},
      lengthened as (
        update contact_walk w
        set places = w.places || f.ids, length = w.length + cardinality(f.ids), up_to = $5
        from fresh f where ${THE_READERS} and w.number = $4 and cardinality(f.ids) > 0
        returning w.up_to)
      select h.length + cardinality(f.ids) as length, coalesce((select l.up_to from lengthened l), h.up_to) as up_to
      from held h cross join fresh f`,
    parameters,
    row: LENGTHENED,
    scan: true,
  });
}

/** The ids of those in the list that are to get places, in its order. */
function fresh(where: string, filter: ContactFilter, which: string, most: string): string {
  return `fresh as materialized (
        select coalesce(array_agg(p.id), '{}') as ids from (
          select c.id from contact c where ${where} and ${which} order by ${orderOf('c', filter)} limit ${most}) p)`;
}

/**
 * $4: which walk; $5, $6: offset and limit; $7, $8: how long it was when it was found, and how far it came; $9: what
 * changed at that time or later is not shown.
 */
function page(shape: string, everything: boolean, filter: ContactFilter): WalkStatements['page'] {
  const found = ['int4', 'int4', 'timestamptz', 'timestamptz'] as const;
  const leading = [...READER, 'int4', 'int4', ...found] as const;
  const { where, excepted, parameters } = listCondition(everything, filter, { leading, veiled: true });
  return statement({
    name: `contact-walk.page.${shape}`,
    text: `
      select p.contacts, p.batch, p.last, ${excepted} as excepted,
        (select count(*) from (
          select from contact c where ${where} and c.updated_at >= $8 and c.updated_at < $9 limit ${LONGEST}) n) as waiting
      from (
        select coalesce(string_agg(s.wire, ','), '') as contacts, count(*) as batch,
          ($5 + coalesce(max(s.place), 0))::int4 as last
        from (
          select c.wire::text as wire, e.place
          from unnest((
            select w.places[$5 + 1 : $7] from contact_walk w where ${THE_READERS} and w.number = $4))
            with ordinality as e(id, place)
          join contact c on c.company_id = $1 and c.id = e.id
          where ${where} and c.updated_at < $9
          order by e.place limit $6) s) p`,
    parameters,
    row: PAGE,
    scan: true,
  });
}
