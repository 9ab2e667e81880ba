import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';

/** The seats of a millisecond that changes of many contacts share; 0002 and 0003 of the migrations say why. */
const FIRST_SEAT = 80;
const SEATS = 20;

const reserve = statement({
  name: 'contact.reserve-bulk-seats',
  text: 'select bulk_moment($1, $2) as moment',
  parameters: ['int4', 'int4'],
  row: { moment: 'timestamptz' },
  scope: 'server',
});

export interface BulkSeat {
  updated_at: string;
  updated_seat: number;
}

/**
 * Times of change for many contacts, twenty a millisecond, in order. Others who change many wait until this
 * transaction ends: take the contacts first.
 */
export async function takeBulkSeats(sql: Sql, companyId: number, count: number): Promise<BulkSeat[]> {
  const milliseconds = Math.ceil(count / SEATS);
  const [reserved] = await sql.run(reserve, [companyId, milliseconds]);
  const first = Date.parse(reserved!.moment) - milliseconds + 1;
  return Array.from({ length: count }, (_, index) => ({
    updated_at: new Date(first + Math.floor(index / SEATS)).toISOString(),
    updated_seat: FIRST_SEAT + (index % SEATS),
  }));
}
