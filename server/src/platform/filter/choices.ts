import { nullness } from './comparison.ts';
import type { Leaf } from './condition.ts';
import type { Bind } from './fields.ts';
import { textValue } from './values.ts';

type Stored = 'text[]' | 'jsonb';

/** EQ x = x is among the chosen, NEQ x = it is not; a GIN index serves EQ. */
export function choicesCondition(leaf: Leaf, column: string, stored: Stored, bind: Bind): string {
  if (leaf.value === null) return nullness(leaf, noneChosen(column, stored));
  const id = bind('text', textValue(leaf.value, leaf.path));
  const chosen = stored === 'jsonb' ? `${column} ? ${id}` : `${column} @> array[${id}]`;
  return leaf.op === 'EQ'
    ? `(${column} is not null and ${chosen})`
    : `(${column} is null or not (${chosen}))`;
}

/** EQ to any of them. */
export function choicesAmong(leaves: Leaf[], column: string, stored: Stored, bind: Bind): string {
  const ids = bind(
    'text[]',
    leaves.map(({ value, path }) => textValue(value, path)),
  );
  return `(${column} is not null and ${column} ${stored === 'jsonb' ? '?|' : '&&'} ${ids})`;
}

function noneChosen(column: string, stored: Stored): string {
  return stored === 'jsonb'
    ? `${column} is null or ${column} in ('[]'::jsonb, 'null'::jsonb)`
    : `${column} is null or cardinality(${column}) = 0`;
}
