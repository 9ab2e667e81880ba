import { ComposedNames } from './composed-names.ts';
import { digestOf } from './text-digest.ts';

/** PostgreSQL types a statement may name, and what each is in TypeScript. `json` stays text: it is passed through. */
interface Types {
  int2: number;
  int4: number;
  int8: number;
  float8: number;
  bool: boolean;
  text: string;
  uuid: string;
  bytea: Buffer;
  /** ISO 8601 UTC with milliseconds. */
  timestamptz: string;
  json: string;
  /** Parsed when read; given as JSON text. */
  jsonb: unknown;
  'text[]': string[];
  'uuid[]': string[];
}

export type ColumnType = keyof Types | `${keyof Types & string}?`;
type Value<C> = C extends `${infer T extends keyof Types & string}?`
  ? Types[T] | null
  : C extends keyof Types
    ? Types[C]
    : never;
type Parameter<C> = C extends 'jsonb' ? string : C extends 'jsonb?' ? string | null : Value<C>;

export type Row<R extends Record<string, ColumnType>> = { [K in keyof R]: Value<R[K]> };
type Parameters<P extends readonly ColumnType[]> = { [K in keyof P]: Parameter<P[K]> };

/**
 * One SQL text with the types of its parameters and of its row, prepared once a connection under its name.
 * `scope: 'company'` (the default) means it names `company_id` for every tenant table; 'server' is for the few
 * tables that belong to no company. A test prepares every statement and holds these declarations against it.
 */
export interface Statement<
  P extends readonly ColumnType[] = readonly ColumnType[],
  R extends Record<string, ColumnType> = Record<string, ColumnType>,
> {
  /** Empty where it is prepared for the call alone. */
  readonly name: string;
  readonly text: string;
  readonly parameters: P;
  readonly row: R;
  readonly scope: 'company' | 'server';
  /** Reads more than a few rows: kept apart from the short ones, and shared out by company (its first parameter). */
  readonly scan: boolean;
  /**
   * Changes something of the company that its first parameter is, and is a transaction by itself, for what a verb does
   * directly: it gives up where it would wait for a lock, and is never sent to a distributed database.
   */
  readonly direct: boolean;
}

/** Every statement that was declared in this process, for the test that reads them all. */
export const declaredStatements = new Map<string, Statement>();

export function statement<
  const P extends readonly ColumnType[],
  const R extends Record<string, ColumnType> = Record<never, never>,
>(declaration: {
  name: string;
  text: string;
  parameters: P;
  row?: R;
  scope?: 'company' | 'server';
  scan?: boolean;
  direct?: boolean;
}): Statement<P, R> {
  const text = declaration.text.trim();
  const made: Statement<P, R> = {
    name: `${declaration.name.slice(0, 50)}.${digestOf(text)}`,
    text,
    parameters: declaration.parameters,
    row: declaration.row ?? ({} as R),
    scope: declaration.scope ?? 'company',
    scan: declaration.scan ?? false,
    direct: declaration.direct ?? false,
  };
  declaredStatements.set(made.name, made as unknown as Statement);
  return made;
}

const composedNames = new ComposedNames();

/**
 * A statement whose text a request composed: at first it has no name and is prepared for the one call only, so that
 * connections do not fill with texts that may never come again. The test that reads every declared statement does not
 * see it.
 */
export function adHoc<
  const P extends readonly ColumnType[],
  const R extends Record<string, ColumnType> = Record<never, never>,
>(composed: { text: string; parameters: P; row?: R; scan?: boolean }): Statement<P, R> {
  const text = composed.text.trim();
  return {
    name: composedNames.of(text),
    text,
    parameters: composed.parameters,
    row: composed.row ?? ({} as R),
    scope: 'company',
    scan: composed.scan ?? false,
    direct: false,
  };
}

/** Runs statements: on a transaction, or each by itself. */
export interface Sql {
  run<const P extends readonly ColumnType[], const R extends Record<string, ColumnType>>(
    statement: Statement<P, R>,
    parameters: Parameters<P>,
  ): Promise<Row<R>[]>;
  /**
   * In a transaction: the same for a statement whose answer nobody needs. It goes to the database with what comes next, at
   * the latest with the commit, and its failure is the transaction's.
   */
  write<const P extends readonly ColumnType[]>(statement: Statement<P>, parameters: Parameters<P>): void;
}
