import type { ColumnType } from '../db/statement.ts';

/** Puts a value among the parameters; answers how the SQL names it. */
export type Bind = (type: ColumnType, value: unknown) => string;

/** SQL for what a field holds, null where it is not set. As a function, it may take parameters of its own. */
export type FieldSql = string | ((bind: Bind) => string);

/**
 * For a field that is kept in rows of another table, of which its SQL names a column: given SQL for a condition on such
 * a row, SQL for whether the record asked about has a row of the field for which that holds. Neither may be null. Where
 * there is no row the field is not set.
 */
export type RowsSql = (holds: string, bind: Bind) => string;

/**
 * What can be asked about, by kind. The SQL is a `text`, a `timestamptz`, a number (an index serves `float8`), a `bool`,
 * a set of ids stored as its column says, a `tsvector` made by `wordVector` (with the same `within`), and two `float8` in
 * degrees. `indexed`: a text's index holds only so many of its first characters, `left(…) collate "C"`; longer texts do
 * not fit into one.
 */
export type Field =
  | { kind: 'text'; sql: FieldSql; rows?: RowsSql; indexed?: number }
  | { kind: 'moment' | 'number' | 'boolean'; sql: FieldSql; rows?: RowsSql }
  | { kind: 'choices'; sql: FieldSql; stored: 'text[]' | 'jsonb'; rows?: RowsSql }
  | { kind: 'words'; sql: FieldSql; within?: FieldSql }
  | { kind: 'place'; lat: FieldSql; lon: FieldSql };

/** The fields by the names that clients use. A function stands for fields within one: it answers the one of a name. */
export type Fields = Readonly<Record<string, Field | ((name: string) => Field | undefined)>>;
