import { Problem } from '../../platform/problem.ts';
import type { AccountType } from '../account-types.ts';

/** By which a list says who is who. */
export const PK_ATTRIBUTES = ['username', 'email'] as const;
export type PkAttribute = (typeof PK_ATTRIBUTES)[number];

/** A row as it was given. What is undefined was missing or mistaken, and stands among the mistakes. */
export interface GivenRow {
  /** Its place in the list, from 0. */
  index: number;
  pk: PkAttribute | undefined;
  username: string | undefined;
  email: string | undefined;
  accountType: AccountType | undefined;
  /** Empty where nothing is said, as the three after it. */
  firstName: string;
  lastName: string;
  position: string;
  gender: string;
}

export interface RowMistake {
  index: number;
  field: string;
  sentence: string;
}

/** The list with what is wrong with its rows, each looked at by itself. */
export interface GivenList {
  rows: GivenRow[];
  mistakes: RowMistake[];
}

const MOST_LISTED = 1_000;

/** A 400 with every row that has mistakes, or the first thousand of them. */
export function raiseRows(mistakes: readonly RowMistake[]): void {
  if (mistakes.length === 0) return;
  const byRow = new Map<number, Map<string, string[]>>();
  for (const { index, field, sentence } of mistakes) {
    const fields = byRow.get(index) ?? new Map<string, string[]>();
    byRow.set(index, fields.set(field, [...(fields.get(field) ?? []), sentence]));
  }
  const rows = [...byRow]
    .sort(([one], [other]) => one - other)
    .slice(0, MOST_LISTED)
    // Not by assignment: a client may call a field __proto__.
    .map(([index, fields]) => ({ index, errors: Object.fromEntries(fields) }));
  throw new Problem(400, 'rows of the list have mistakes', { rows });
}
