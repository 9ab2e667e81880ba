/** SQL for a text as it is compared where neither case nor accents count. */
export function folded(text: string): string {
  return `lower(regexp_replace(normalize(${text}, NFD), '[\\u0300-\\u036f]', '', 'g'))`;
}

/** SQL: whether `part` is somewhere in `text`, without regard to case and accents. No character of it is a wildcard. */
export function holds(text: string, part: string): string {
  return `position(${folded(part)} in ${folded(text)}) > 0`;
}
