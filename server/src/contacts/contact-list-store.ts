import type { Actor } from '../identity/actor.ts';
import { emailKey } from '../identity/email.ts';
import { type ColumnType, type Sql, type Statement, statement } from '../platform/db/statement.ts';
import { hiddenFields } from './hidden-sql.ts';
import { VISIBILITY, visibilityOf, visible } from './visibility.ts';

export const OPERATORS = { eq: '=', neq: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
export type Operator = keyof typeof OPERATORS;
export type SortColumn = 'created_at' | 'updated_at' | 'id';

/** A list's filters and order; times in ISO 8601 UTC. */
export interface ContactFilter {
  email?: string | undefined;
  createdAt?: { op: Operator; value: string } | undefined;
  updatedAt?: { op: Operator; value: string } | undefined;
  sort: SortColumn;
  descending: boolean;
}

/** Up to here a count is exact; past it, it is an estimate. */
export const EXACT_COUNT = 10_000;

const PLAN = { 'QUERY PLAN': 'json' } as const;
const ROW = { contacts: 'text', batch: 'int8', total: 'int8', hidden: 'uuid[]?' } as const;
interface ListStatements {
  page: Statement<readonly ColumnType[], typeof ROW>;
  /** The planner's estimate of how many match. */
  estimate: Statement<readonly ColumnType[], typeof PLAN>;
}
const statements = new Map<string, ListStatements>();

/** The statements for a filter's shape: the same shape is the same prepared statement. */
export function listStatements(everything: boolean, filter: ContactFilter): ListStatements {
  const shape = [
    everything ? 'all' : 'seen',
    filter.email === undefined ? '' : 'email',
    filter.createdAt ? `c-${filter.createdAt.op}` : '',
    filter.updatedAt ? `u-${filter.updatedAt.op}` : '',
    filter.sort,
    filter.descending ? 'desc' : 'asc',
  ].join('.');
  let known = statements.get(shape);
  if (!known) {
    known = composed(shape, everything, filter);
    statements.set(shape, known);
  }
  return known;
}

function composed(shape: string, everything: boolean, filter: ContactFilter): ListStatements {
  const parameters: ColumnType[] = ['int4', 'text[]', 'int4', 'int4'];
  const next = (...types: ColumnType[]) => {
    parameters.push(...types);
    return parameters.length - types.length + 1;
  };
  const conditions = [
    'c.company_id = $1',
    'c.deleted_at is null',
    'c.anonymised_at is null',
    'c.archived_at is null',
  ];
  // Nothing is hidden from a super admin: the indexes alone answer.
  if (!everything) conditions.push(visible(next(...VISIBILITY)));
  if (filter.email !== undefined) {
    conditions.push(
      `c.id = (select k.contact_id from contact_key k where k.company_id = $1 and k.kind = 'email' and k.value = $${next('text')})`,
    );
  }
  if (filter.createdAt)
    conditions.push(`c.created_at ${OPERATORS[filter.createdAt.op]} $${next('timestamptz')}`);
  if (filter.updatedAt)
    conditions.push(`c.updated_at ${OPERATORS[filter.updatedAt.op]} $${next('timestamptz')}`);
  const where = conditions.join(' and ');
  const direction = filter.descending ? 'desc' : 'asc';
  const order =
    filter.sort === 'id' ? `c.id ${direction}` : `c.${filter.sort} ${direction}, c.id ${direction}`;
  const page = statement({
    name: `contact.list.${shape}`,
    text: `
      select coalesce(string_agg(p.wire, ','), '') as contacts, count(*) as batch,
        (select count(*) from (select from contact c where ${where} limit ${EXACT_COUNT + 1}) counted) as total,
        ${hiddenFields(String(everything), '$2')} as hidden
      from (select c.wire::text as wire from contact c where ${where} order by ${order} limit $3 offset $4) p`,
    parameters,
    row: ROW,
    scan: true,
  });
  const estimate = statement({
    name: `contact.estimate.${shape}`,
    // The page's parameters, so that both take the same values.
    text: `explain (format json) select from contact c
      where ${where} and ($2::text[] is not null or $3::int4 is not null or $4::int4 is not null)`,
    parameters,
    row: PLAN,
    scan: true,
  });
  return { page, estimate };
}

/**
 * A page as comma-separated JSON objects, with the count of all that match: exact up to EXACT_COUNT, past it an
 * estimate. One round trip; a second one for the estimate.
 */
export async function listContacts(
  sql: Sql,
  actor: Actor,
  filter: ContactFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ contacts: string; batch: number; total: number; hidden: string[] | null }> {
  const { everything } = actor.rights;
  const values = [
    actor.companyId,
    actor.roles,
    limit,
    offset,
    ...(everything ? [] : visibilityOf(actor)),
    ...(filter.email === undefined ? [] : [emailKey(filter.email)]),
    ...(filter.createdAt ? [filter.createdAt.value] : []),
    ...(filter.updatedAt ? [filter.updatedAt.value] : []),
  ];
  const { page, estimate } = listStatements(everything, filter);
  const [row] = await sql.run(page, values as never);
  if (row!.total <= EXACT_COUNT) return row!;
  const [plan] = await sql.run(estimate, values as never);
  const rows: number = JSON.parse(plan!['QUERY PLAN'])[0].Plan['Plan Rows'];
  return { ...row!, total: Math.max(EXACT_COUNT + 1, rows) };
}
