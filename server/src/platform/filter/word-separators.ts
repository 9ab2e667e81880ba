// Punctuation, symbols, blanks, control and format characters: neither letter nor digit, nor a mark on one.
const SEPARATORS = '\\p{P}\\p{S}\\p{Z}\\p{Cc}\\p{Cf}';
// What Unicode has not given out yet belongs to what is on both sides of it, which makes fewer ranges.
const RANGE = new RegExp(`[${SEPARATORS}](?:[${SEPARATORS}\\p{Cn}\\p{Co}]*[${SEPARATORS}])?`, 'gu');
// All that PostgreSQL keeps, without the planes of ideographs and of private use.
const PLACES = [
  [0x1, 0xd7ff],
  [0xe000, 0x1ffff],
  [0xe0000, 0xe0fff],
] as const;

const ranges = PLACES.flatMap(([first, last]) => {
  const all = Array.from({ length: last - first + 1 }, (_, step) => String.fromCodePoint(first + step));
  return [...all.join('').matchAll(RANGE)].map(
    ([range]) => [range.codePointAt(0)!, lastPoint(range)] as const,
  );
});

/**
 * What stands between words, as a regular expression here and as one of PostgreSQL's. Both name the same characters one
 * by one: PostgreSQL's own classes depend on the locale, and may know no digits but ours.
 */
export const SEPARATOR = new RegExp(
  characterClass((hex) => `\\u{${hex}}`),
  'u',
);
export const SEPARATOR_SQL = characterClass((hex) =>
  hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`,
);

function characterClass(escaped: (hex: string) => string): string {
  const parts = ranges.map((range) =>
    [...new Set(range)].map((point) => escaped(point.toString(16))).join('-'),
  );
  return `[${parts.join('')}]+`;
}

function lastPoint(text: string): number {
  return Array.from(text).at(-1)!.codePointAt(0)!;
}
