import { comparison } from './comparison.ts';
import type { Leaf } from './condition.ts';
import type { Bind } from './fields.ts';
import { textValue } from './values.ts';

/** A text by code points, whatever the database's collation: an index on `… collate "C"` serves every comparison. */
export function textCondition(leaf: Leaf, column: string, bind: Bind): string {
  const exact = `(${column} collate "C")`;
  if (leaf.op !== 'PREFIX') return comparison(leaf, exact, 'text', textValue, bind);
  const prefix = textValue(leaf.value, leaf.path);
  const end = endOfPrefix(prefix);
  const from = `${exact} is not null and ${exact} >= ${bind('text', prefix)}`;
  return end === undefined ? `(${from})` : `(${from} and ${exact} < ${bind('text', end)})`;
}

/** EQ to any of them. */
export function textAmong(leaves: Leaf[], column: string, bind: Bind): string {
  const values = leaves.map(({ value, path }) => textValue(value, path));
  const exact = `(${column} collate "C")`;
  return `(${exact} is not null and ${exact} = any (${bind('text[]', values)}))`;
}

/** The least text after all that begin with the prefix; undefined where none is. */
function endOfPrefix(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // No text holds a surrogate.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
