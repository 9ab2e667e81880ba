import type { ColumnType } from '../db/statement.ts';

/** Puts a value among the parameters; answers how the SQL names it. */
export type Bind = (type: ColumnType, value: unknown) => string;

/** SQL for what a field holds, null where it is not set. As a function, it may take parameters of its own. */
export type FieldSql = string | ((bind: Bind) => string);

/**
 * What can be asked about, by kind. The SQL is a `text`, a `timestamptz`, a number (an index serves `float8`), a `bool`,
 * a `tsvector` made by `wordVector`, a set of ids stored as its column says, and two `float8` in degrees.
 */
export type Field =
  | { kind: 'text' | 'moment' | 'number' | 'boolean' | 'words'; sql: FieldSql }
  | { kind: 'choices'; sql: FieldSql; stored: 'text[]' | 'jsonb' }
  | { kind: 'place'; lat: FieldSql; lon: FieldSql };

/** The fields by the names that clients use. A function stands for fields within one: it answers the one of a name. */
export type Fields = Readonly<Record<string, Field | ((name: string) => Field | undefined)>>;
