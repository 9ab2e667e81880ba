import type { ColumnType } from '../db/statement.ts';
import { allOf, anyOf, compileCondition } from './compile-condition.ts';
import type { Fields } from './fields.ts';
import { Parameters } from './parameters.ts';
import { parseFilter } from './parse-filter.ts';

export interface CompiledFilter {
  /** One boolean expression, never null, that holds nothing of the client's but as a parameter. */
  where: string;
  /** Its parameters from `firstParameter` on. */
  types: ColumnType[];
  values: unknown[];
}

/**
 * SQL for a client's filter statement: a list of queries of which one must hold, each an object of conditions by field
 * that must all hold; undefined, an empty list and an empty query let everything through. Throws a 400 that names the
 * place below `path`. `now` is what `{daysAgo}` counts from.
 */
export function compileFilter(
  data: unknown,
  fields: Fields,
  { firstParameter, now, path }: { firstParameter: number; now: Date; path: string },
): CompiledFilter {
  const queries = parseFilter(data, fields, path);
  const { bind, types, values } = new Parameters(firstParameter);
  const compiled = queries.map((query) =>
    allOf(query.map(({ field, condition }) => compileCondition(field, condition, bind, now))),
  );
  return { where: compiled.length === 0 ? 'true' : anyOf(compiled), types, values };
}
