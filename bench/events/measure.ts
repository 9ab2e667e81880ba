import type pg from 'pg';
import { percentile } from '../percentile.ts';
import type { Sent } from './composed.ts';

const RUNS = 5;

export interface Measured {
  matches: number;
  /** Milliseconds in the database, the median of several warm runs. */
  planning: number;
  execution: number;
  /** Indexes that find the events, not what is read beside them. */
  indexes: string[];
}

interface Node {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Parent Relationship'?: string;
  'Actual Loops': number;
  Plans?: Node[];
}

interface Explained {
  Plan: Node;
  'Planning Time': number;
  'Execution Time': number;
}

/** How long the database takes for a search, once everything is in memory. */
export async function measure(client: pg.Client, { text, values }: Sent): Promise<Measured> {
  const { rows } = await client.query<{ total: number }>(text, values);
  const runs: Explained[] = [];
  for (let run = 0; run < RUNS; run++) {
    // Without a look at the clock for every row, which takes longer than the row.
    const answer = await client.query(`explain (analyze, timing off, format json) ${text}`, values);
    runs.push(JSON.parse(answer.rows[0]['QUERY PLAN'])[0]);
  }
  const used = new Set(indexesIn(runs[0]!.Plan));
  if (used.size > 1) used.delete(PAGE_BY);
  return {
    matches: rows[0]!.total,
    planning: median(runs.map((run) => run['Planning Time'])),
    execution: median(runs.map((run) => run['Execution Time'])),
    indexes: [...used],
  };
}

/** The index by which the events of a page are read, once they are found. */
const PAGE_BY = 'event_pkey';

function indexesIn(node: Node): string[] {
  // What never ran; and what is read for each event of the page: a part of no table's condition.
  const inner = (node.Plans ?? []).filter(
    (child) =>
      child['Actual Loops'] > 0 && (child['Parent Relationship'] !== 'SubPlan' || node['Relation Name']),
  );
  const own = node['Index Name'] ?? (node['Node Type'] === 'Seq Scan' ? 'the table' : undefined);
  return [...(own === undefined ? [] : [own]), ...inner.flatMap(indexesIn)];
}

function median(values: number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}
