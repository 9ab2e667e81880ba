import type { Actor } from '../identity/actor.ts';
import { EXACT_COUNT, orderOf } from '../platform/db/list-statements.ts';
import { type ColumnType, type Sql, type Statement, statement } from '../platform/db/statement.ts';
import type { Position } from '../platform/walks.ts';
import {
  type ContactFilter,
  type ContactPage,
  contactShape,
  listCondition,
  listValues,
} from './contact-list-store.ts';

const POSITIONS = { ids: 'uuid[]', versions: 'text[]' } as const;
const PAGE = { contacts: 'text', batch: 'int8', excepted: 'uuid[]?' } as const;
interface WalkStatements {
  positions: Statement<readonly ColumnType[], typeof POSITIONS>;
  page: Statement<readonly ColumnType[], typeof PAGE>;
}
const statements = new Map<string, WalkStatements>();

/** The statements for a filter's shape: the same shape is the same prepared statement. */
export function walkStatements(everything: boolean, filter: ContactFilter): WalkStatements {
  const shape = contactShape(everything, filter);
  let known = statements.get(shape);
  if (!known) {
    known = composed(shape, everything, filter);
    statements.set(shape, known);
  }
  return known;
}

function composed(shape: string, everything: boolean, filter: ContactFilter): WalkStatements {
  const listed = listCondition(everything, filter, { leading: ['int4', 'timestamptz'], veiled: false });
  const paged = listCondition(everything, filter, { leading: ['int4', 'uuid[]'], veiled: true });
  return {
    positions: statement({
      name: `contact.walk.${shape}`,
      text: `
        select coalesce(array_agg(p.id), '{}') as ids, coalesce(array_agg(p.version::text), '{}') as versions
        from (
          select c.id, c.version from contact c where ${listed.where} and c.updated_at >= $2
          order by ${orderOf('c', filter)} limit ${EXACT_COUNT + 1}) p`,
      parameters: listed.parameters,
      row: POSITIONS,
      scan: true,
    }),
    page: statement({
      name: `contact.walk-page.${shape}`,
      text: `
        select coalesce(string_agg(p.wire, ','), '') as contacts, count(*) as batch, ${paged.excepted} as excepted
        from (
          select c.wire::text as wire
          from unnest($2::uuid[]) with ordinality as w(id, place)
          join contact c on c.company_id = $1 and c.id = w.id
          where ${paged.where} order by w.place) p`,
      parameters: paged.parameters,
      row: PAGE,
      scan: true,
    }),
  };
}

/** The contacts of a list that were changed at `since` or later, in its order, as far as a list is counted. */
export async function walkPositions(
  sql: Sql,
  actor: Actor,
  filter: ContactFilter,
  since: string,
): Promise<Position[]> {
  const { positions } = walkStatements(actor.rights.everything, filter);
  const values = [actor.companyId, since, ...listValues(actor, filter, false)];
  const [row] = await sql.run(positions, values as never);
  return row!.ids.map((id, index) => ({ id, state: row!.versions[index]! }));
}

/** Those of the contacts that are still in the list, in the order given, as a page without its count. */
export async function walkPage(
  sql: Sql,
  actor: Actor,
  filter: ContactFilter,
  ids: string[],
): Promise<Omit<ContactPage, 'total'>> {
  const { page } = walkStatements(actor.rights.everything, filter);
  const [row] = await sql.run(page, [actor.companyId, ids, ...listValues(actor, filter, true)] as never);
  return row!;
}
