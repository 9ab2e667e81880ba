import { markdown } from '../markdown.ts';
import type { Measured } from './measure.ts';

/** What a usual search may take in the database, in milliseconds. */
const GOAL = 20;
const HEAD = ['filter', 'matches', 'planning', 'execution', 'index', '', 'of few'];
const NUMBERS = [1, 2, 3, 6];

/** As Markdown, in columns: a row for each search, with the times of a large company and of a small one. */
export function tableOf(found: [string, Measured, Measured][]): string[] {
  const rows = found.map(([name, large, small]) => [
    name,
    large.matches > 10_000 ? '> 10,000' : large.matches.toLocaleString('en'),
    milliseconds(large.planning),
    milliseconds(large.execution),
    large.indexes.join(', '),
    large.planning + large.execution > GOAL ? `over ${GOAL} ms` : '',
    milliseconds(small.planning + small.execution),
  ]);
  return markdown(HEAD, rows, { right: NUMBERS });
}

function milliseconds(time: number): string {
  return time.toFixed(1);
}
