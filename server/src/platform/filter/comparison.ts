import type { ColumnType } from '../db/statement.ts';
import { invalid } from '../problem.ts';
import type { Leaf, LeafOperator } from './condition.ts';
import type { Bind } from './fields.ts';

const SIGNS: Partial<Record<LeafOperator, string>> = { EQ: '=', LT: '<', LTE: '<=', GT: '>', GTE: '>=' };

/** A value against another of one type, checked by `checked`. Where nothing is set, only NEQ and EQ null hold. */
export function comparison(
  { op, value, path }: Leaf,
  column: string,
  type: ColumnType,
  checked: (value: unknown, path: string) => unknown,
  bind: Bind,
): string {
  if (value === null) return nullness({ op, path }, `${column} is null`);
  const other = bind(type, checked(value, path));
  // Not `is distinct from`: of its negation the planner makes no equality, which an index would serve.
  if (op === 'NEQ') return `(${column} is null or ${column} <> ${other})`;
  return `(${column} is not null and ${column} ${SIGNS[op]} ${other})`;
}

/** EQ or NEQ null, given what says that nothing is set. */
export function nullness({ op, path }: Pick<Leaf, 'op' | 'path'>, unset: string): string {
  if (op !== 'EQ' && op !== 'NEQ')
    throw invalid(path, 'must not be null: only EQ and NEQ take what is not set');
  return op === 'EQ' ? `(${unset})` : `(not (${unset}))`;
}
