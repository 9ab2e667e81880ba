/**
 * The rows of a statement that always answers one where its record is there, so that a page and its total are one round
 * trip: `id` is null where the page is empty. Undefined where the record is not there.
 */
export function paged<R extends { id: string | null; total: number }>(
  rows: R[],
): { rows: (R & { id: string })[]; totalCount: number } | undefined {
  const [first] = rows;
  if (!first) return undefined;
  return {
    rows: rows.filter((row): row is R & { id: string } => row.id !== null),
    totalCount: first.total,
  };
}
