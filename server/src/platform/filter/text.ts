import { comparison } from './comparison.ts';
import type { Leaf } from './condition.ts';
import type { Bind } from './fields.ts';
import { textValue } from './values.ts';

/** SQL for a text, and how many of its first characters the index on it holds, where not all. */
export interface TextColumn {
  sql: string;
  indexed: number | undefined;
}

/** A text by code points, whatever the database's collation: an index on `… collate "C"` serves every comparison. */
export function textCondition(leaf: Leaf, { sql, indexed }: TextColumn, bind: Bind): string {
  const exact = `(${sql} collate "C")`;
  if (leaf.op === 'PREFIX') {
    const prefix = textValue(leaf.value, leaf.path);
    const begins = [begin(exact, prefix, bind)];
    if (indexed !== undefined) begins.push(begin(head(sql, indexed), headOf(prefix, indexed), bind));
    return `(${exact} is not null and ${begins.join(' and ')})`;
  }
  const compared = comparison(leaf, exact, 'text', textValue, bind);
  if (indexed === undefined || leaf.op !== 'EQ' || leaf.value === null) return compared;
  return `(${compared} and ${head(sql, indexed)} = ${bind('text', headOf(String(leaf.value), indexed))})`;
}

/** EQ to any of them. */
export function textAmong(leaves: Leaf[], { sql, indexed }: TextColumn, bind: Bind): string {
  const values = leaves.map(({ value, path }) => textValue(value, path));
  const exact = `(${sql} collate "C")`;
  const among = `${exact} is not null and ${exact} = any (${bind('text[]', values)})`;
  if (indexed === undefined) return `(${among})`;
  const heads = values.map((value) => headOf(value, indexed));
  return `(${among} and ${head(sql, indexed)} = any (${bind('text[]', heads)}))`;
}

function head(sql: string, length: number): string {
  return `(left(${sql}, ${length}) collate "C")`;
}

function headOf(text: string, length: number): string {
  return Array.from(text).slice(0, length).join('');
}

function begin(text: string, prefix: string, bind: Bind): string {
  const end = endOfPrefix(prefix);
  const from = `${text} >= ${bind('text', prefix)}`;
  return end === undefined ? from : `${from} and ${text} < ${bind('text', end)}`;
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
