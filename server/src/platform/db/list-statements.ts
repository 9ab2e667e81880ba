import { type ListFilter, OPERATORS } from '../list-request.ts';
import { type ColumnType, type Sql, type Statement, statement } from './statement.ts';

/** Up to here a count is exact; past it, it is an estimate. */
export const EXACT_COUNT = 10_000;

const PLAN = { 'QUERY PLAN': 'json' } as const;
export type Estimate = Statement<readonly ColumnType[], typeof PLAN>;

/** What two filters share, if and only if one statement serves both. */
export function shapeOf({ createdAt, updatedAt, sort, descending }: ListFilter): string {
  return [
    createdAt ? `c-${createdAt.op}` : '',
    updatedAt ? `u-${updatedAt.op}` : '',
    sort,
    descending ? 'desc' : 'asc',
  ].join('.');
}

/** The conditions on a table's created_at and updated_at; `next` answers the number of a new timestamptz parameter. */
export function timeConditions(
  alias: string,
  { createdAt, updatedAt }: ListFilter,
  next: () => number,
): string[] {
  return [
    ...(createdAt ? [`${alias}.created_at ${OPERATORS[createdAt.op]} $${next()}`] : []),
    ...(updatedAt ? [`${alias}.updated_at ${OPERATORS[updatedAt.op]} $${next()}`] : []),
  ];
}

/** The values of those parameters. */
export function timeValues({ createdAt, updatedAt }: ListFilter): string[] {
  return [createdAt, updatedAt].flatMap((comparison) => (comparison ? [comparison.value] : []));
}

/** Completed by the id, so that no two records stand in one place. */
export function orderOf(alias: string, { sort, descending }: ListFilter): string {
  const direction = descending ? 'desc' : 'asc';
  return [...new Set([sort, 'id'])].map((column) => `${alias}.${column} ${direction}`).join(', ');
}

/** How many match, as an expression that stops one past EXACT_COUNT. */
export function countOf(from: string, where: string): string {
  return `(select count(*) from (select from ${from} where ${where} limit ${EXACT_COUNT + 1}) counted)`;
}

/** What makes the planner's estimate of how many match, from the parameters of the page that it belongs to. */
export function estimateText(from: string, where: string, parameters: readonly ColumnType[]) {
  const taken = parameters.map((type, index) => `$${index + 1}::${type.replace('?', '')} is not null`);
  return {
    text: `explain (format json) select from ${from} where ${where} and (${taken.join(' or ')})`,
    parameters,
    row: PLAN,
    scan: true,
  };
}

export function estimateStatement(
  name: string,
  from: string,
  where: string,
  parameters: readonly ColumnType[],
): Estimate {
  return statement({ name, ...estimateText(from, where, parameters) });
}

/** A count up to EXACT_COUNT as it is; past it, the estimate, which is never below. One more round trip for that. */
export async function totalOf(
  sql: Sql,
  counted: number,
  estimate: Estimate,
  values: readonly unknown[],
): Promise<number> {
  return counted <= EXACT_COUNT ? counted : estimated(sql, estimate, values);
}

/** The planner's estimate, but for less than is counted. */
export async function estimated(sql: Sql, estimate: Estimate, values: readonly unknown[]): Promise<number> {
  const [plan] = await sql.run(estimate, values as never);
  const rows: number = JSON.parse(plan!['QUERY PLAN'])[0].Plan['Plan Rows'];
  return Math.max(EXACT_COUNT + 1, rows);
}
