import type { TemporaryDatabase } from '../temporary-database.ts';
import { composed } from './composed.ts';
import { fill } from './fill.ts';
import { type Measured, measure } from './measure.ts';
import { searches } from './searches.ts';
import { tableOf } from './table.ts';

/** The usual searches for events, in a company with many and in one with few; answers the lines of a table. */
export async function benchEvents(
  database: TemporaryDatabase,
  { rows, say }: { rows: number; say: (line: string) => void },
): Promise<string[]> {
  const client = await database.connect();
  say(`Making ${rows.toLocaleString('en')} events…`);
  const { large, small, words } = await fill(client, rows);
  say('Searching…');
  const inSmall = searches(small, words);
  const found: [string, Measured, Measured][] = [];
  for (const [name, search] of Object.entries(searches(large, words))) {
    const among = await measure(client, await composed(client, large.id, search));
    found.push([name, among, await measure(client, await composed(client, small.id, inSmall[name]!))]);
  }
  return tableOf(found);
}
