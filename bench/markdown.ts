/** A table in Markdown, its columns aligned; those of `right` to the right. */
export function markdown(head: string[], rows: string[][], { right }: { right: number[] }): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  const padded = (cell: string, column: number) =>
    right.includes(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
  const line = (row: string[]) => `| ${row.map(padded).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => `${'-'.repeat(width + 1)}${right.includes(column) ? ':' : '-'}`).join('|')}|`;
  return [line(head), rule, ...rows.map(line)];
}
