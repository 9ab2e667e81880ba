import pg from 'pg';
import { inMilliseconds } from '../time.ts';

/** Column parsers: times as ISO text, `json` untouched, bigint as a number (ids and counts stay below 2^53). */
const parsers: Record<number, (text: string) => unknown> = {
  [pg.types.builtins.TIMESTAMPTZ]: isoTime,
  [pg.types.builtins.JSON]: (text) => text,
  [pg.types.builtins.INT8]: Number,
};

export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    parsers[oid] ?? pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};

/** '2026-01-02 03:04:05.6+00', as PostgreSQL prints it under TimeZone=UTC, in ISO 8601 with a Z. */
function isoTime(text: string): string {
  return inMilliseconds(`${text.slice(0, 10)}T${text.slice(11, -3)}`);
}
