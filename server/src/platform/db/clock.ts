/**
 * SQL for a query before an update that needs the time: `with ${CLOCK} update … from clock`, its column is `now`. An update
 * itself calls no volatile function, nor a stable one with a column: a distributed database takes neither.
 */
export const CLOCK = 'clock as materialized (select clock_timestamp() as now)';

/** SQL for the moment a millisecond after one, by immutable functions alone. */
export function justAfter(moment: string): string {
  return `((${moment} at time zone 'UTC' + interval '1 millisecond') at time zone 'UTC')`;
}
