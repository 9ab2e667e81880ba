import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';

const settled = statement({
  name: 'contact.settled',
  text: 'select contact_settled($1) as settled',
  parameters: ['int4'],
  row: { settled: 'timestamptz' },
  scope: 'server',
  scan: true,
});

/**
 * The moment up to which a list by time of change is complete: a write that is under way has a later time, or is waited
 * for. What it lies behind was acknowledged before this was asked.
 */
export async function settledUntil(sql: Sql, companyId: number): Promise<string> {
  const [row] = await sql.run(settled, [companyId]);
  return row!.settled;
}
