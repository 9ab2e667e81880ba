import { parsedEmail } from '../../../identity/email.ts';
import { unstorable } from '../../../platform/http/known-fields.ts';
import { compile, problemOfForm } from '../../../platform/http/validation.ts';
import { Problem } from '../../../platform/problem.ts';
import type { GivenList, GivenRow } from '../given-list.ts';
import { slices } from '../slices.ts';
import { ImportedRow, MOST_ROWS } from './schemas.ts';

const AT_ONCE = 500;
const isRow = compile(ImportedRow, 'form');
const TEXTS = Object.keys(ImportedRow.properties);
type Fields = Record<string, string[]>;

/** Looks at each row of a body by itself. A 400 for what is no list, or a list of none or too many. */
export async function readRows(body: unknown): Promise<GivenList> {
  if (!Array.isArray(body) || body.length === 0) {
    throw new Problem(400, 'body: must be a list of all active customers, at least one');
  }
  if (body.length > MOST_ROWS) throw new Problem(400, `body: must have at most ${MOST_ROWS} rows`);
  const list: GivenList = { rows: [], mistakes: [] };
  for await (const slice of slices(body, AT_ONCE)) {
    for (const given of slice) {
      const index = list.rows.length;
      const mistakes = mistakesOf(given);
      list.rows.push(rowOf(index, given, mistakes));
      for (const [field, sentences] of Object.entries(mistakes)) {
        for (const sentence of sentences) list.mistakes.push({ index, field, sentence });
      }
    }
  }
  return list;
}

function mistakesOf(given: unknown): Fields {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) {
    return { non_field_errors: ['must be an object'] };
  }
  const fields: Fields = isRow(given) ? {} : (problemOfForm(isRow.errors).fields ?? {});
  for (const name of TEXTS) {
    const value = (given as Record<string, unknown>)[name];
    const reason = typeof value === 'string' ? unstorable(value) : undefined;
    if (reason) fields[name] = [...(fields[name] ?? []), reason];
  }
  const { username } = given as { username?: unknown };
  if (typeof username === 'string' && !fields.username && username.trim() === '') {
    fields.username = ['must not be empty'];
  }
  return fields;
}

function rowOf(index: number, given: unknown, mistakes: Fields): GivenRow {
  const of = (name: string) => {
    const value = Object.hasOwn(mistakes, name)
      ? undefined
      : (given as Record<string, unknown> | null)?.[name];
    return typeof value === 'string' ? value : undefined;
  };
  const email = of('email');
  return {
    index,
    pk: of('pk_attribute') as GivenRow['pk'],
    username: of('username')?.trim(),
    email: email && parsedEmail(email),
    accountType: of('account_type') as GivenRow['accountType'],
    firstName: of('first_name')?.trim() ?? '',
    lastName: of('last_name')?.trim() ?? '',
    position: of('position')?.trim() ?? '',
    gender: of('gender')?.trim() ?? '',
  };
}
