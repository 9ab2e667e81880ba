import { folded } from '../db/folded.ts';
import { invalid } from '../problem.ts';
import type { Leaf } from './condition.ts';
import type { Bind } from './fields.ts';
import { textValue } from './values.ts';
import { SEPARATOR, SEPARATOR_SQL } from './word-separators.ts';

/** In characters; a lexeme has room for 2,046 bytes, a character takes four at most. */
const LONGEST_WORD = 255;
/** In characters; a tsvector has room for a MiB. */
const LONGEST_TEXT = 250_000;
const MOST_WORDS = 100;

/**
 * SQL for the `tsvector` of a text's words, to be kept where a field of kind `words` is looked for; null for null. Words
 * are what is between separators, without regard to case and accents; no parser of PostgreSQL's looks at them.
 * `within` is SQL for an id (letters, digits, hyphens), never null: every word is kept as `<within>/<word>`, so that one
 * index serves many companies and none looks through another's words.
 */
export function wordVector(text: string, within?: string): string {
  const spaced = `regexp_replace(${folded(text)}, '${SEPARATOR_SQL}', ' ', 'g')`;
  const cut = `left(regexp_replace(${spaced}, '([^ ]{${LONGEST_WORD}})[^ ]+', '\\1', 'g'), ${LONGEST_TEXT})`;
  if (within === undefined) return vectorOf(cut, `''`);
  const before = `(${within}) || '/'`;
  // Cut once more: what stands before the words takes room too.
  return vectorOf(`left(${before} || replace(${cut}, ' ', ' ' || ${before}), ${LONGEST_TEXT})`, before);
}

/** Of a text with one blank between words; `none` is what stands there in place of a word. */
function vectorOf(spaced: string, none: string): string {
  return `array_to_tsvector(array_remove(string_to_array(${spaced}, ' '), ${none}))`;
}

/** Every word of the value begins a word of the vector; a GIN index serves it. No words: true. */
export function wordsCondition(
  { value, path }: Leaf,
  vector: () => string,
  within: (() => string) | undefined,
  bind: Bind,
): string {
  const words = wordsOf(textValue(value, path));
  if (words.length === 0) return 'true';
  if (words.length > MOST_WORDS) throw invalid(path, `must have at most ${MOST_WORDS} words`);
  const spaced = folded(bind('text', words.join(' ')));
  // No word holds a quote or a backslash.
  const opening = within ? `'''' || ${within()} || '/'` : `''''`;
  const query = `(${opening} || replace(${spaced}, ' ', ''':* & ' || ${opening}) || ''':*')::tsquery`;
  return `(${vector()} is not null and ${vector()} @@ ${query})`;
}

function wordsOf(value: string): string[] {
  const words = value
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .split(SEPARATOR)
    .map((word) => Array.from(word).slice(0, LONGEST_WORD).join(''));
  return [...new Set(words)].filter((word) => word !== '');
}
