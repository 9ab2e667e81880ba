import { invalid, Problem } from './problem.ts';
import { parseMoment } from './time.ts';

/** How clients compare times, and what that is in SQL. */
export const OPERATORS = { eq: '=', neq: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
export type Operator = keyof typeof OPERATORS;

/** A time in ISO 8601 UTC that a column is compared with. */
export interface Comparison {
  op: Operator;
  value: string;
}

export const SORT_FIELDS = ['createdAt', 'updatedAt', 'id', 'created_at', 'updated_at'] as const;
export type SortColumn = 'created_at' | 'updated_at' | 'id';

/** A page of a list that can be filtered and sorted by time, as clients ask for it. */
export interface ListRequest {
  limit: number;
  offset: number;
  created_at?: string;
  created_at_op?: Operator;
  updated_at?: string;
  updated_at_op?: Operator;
  sort_field?: (typeof SORT_FIELDS)[number];
  sort_order?: 'asc' | 'desc';
}

/** The filters by time, and the order. */
export interface ListFilter {
  createdAt: Comparison | undefined;
  updatedAt: Comparison | undefined;
  sort: SortColumn;
  descending: boolean;
}

const DEEPEST = 10_000;

/** Throws a 400 past the ten thousandth record, pointing to the created-date cursor, and for half a filter. */
export function listFilter(request: ListRequest, lastOfPage: string): ListFilter {
  if (request.offset + request.limit > DEEPEST) {
    throw new Problem(
      400,
      `offset: offset and limit reach past ${DEEPEST}; walk on by created_at with created_at_op=gte and ` +
        `sort_field=createdAt, each page from the ${lastOfPage} before it`,
    );
  }
  return {
    createdAt: comparison('created_at', request.created_at, request.created_at_op),
    updatedAt: comparison('updated_at', request.updated_at, request.updated_at_op),
    sort: column(request.sort_field),
    descending: request.sort_order === 'desc',
  };
}

function comparison(name: string, value: string | undefined, op: Operator | undefined) {
  if (value === undefined && op === undefined) return undefined;
  if (op === undefined) throw invalid(`${name}_op`, `is required with ${name}`);
  if (value === undefined) throw invalid(name, `is required with ${name}_op`);
  return { op, value: parseMoment(value)! };
}

function column(field: ListRequest['sort_field']): SortColumn {
  if (field === 'id') return 'id';
  return field === 'updatedAt' || field === 'updated_at' ? 'updated_at' : 'created_at';
}
