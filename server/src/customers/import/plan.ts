import { emailKey } from '../../identity/email.ts';
import { type AccountType, isAbove } from '../account-types.ts';
import { EMAIL_TAKEN, typeMistake, USERNAME_TAKEN } from '../mistakes.ts';
import type { GivenList, GivenRow, PkAttribute, RowMistake } from './given-list.ts';
import { slices } from './slices.ts';
import type { Standing } from './standing.ts';
import type { Holder } from './standing-store.ts';
import type { Stood } from './stood.ts';

/** Who imports. */
export interface Importer {
  companyId: number;
  accountType: AccountType;
}

/** A row that nobody was found for. */
export interface NewRow extends GivenRow {
  username: string;
  email: string;
  accountType: AccountType;
  /** The company's account with this email, where it is no customer yet. */
  accountId: string | undefined;
}

/** What an import does. Who is in none of these was not listed, and stays as it is. */
export interface Plan {
  created: NewRow[];
  reactivated: Stood[];
  deactivated: Stood[];
  /** Listed, and active before. */
  unchanged: Stood[];
}

/** What each row is compared with. */
interface Comparison {
  /** The list's; undefined where no row has one. */
  pk: PkAttribute | undefined;
  /** The list's, as they are compared. */
  emails: ReadonlySet<string>;
  standing: Standing;
  by: Importer;
}

const AT_ONCE = 500;

/** What the list means for the company as it stands, with every mistake of its rows, those that came with it too. */
export async function planImport(
  { rows, mistakes: before }: GivenList,
  standing: Standing,
  by: Importer,
): Promise<{ plan: Plan; mistakes: RowMistake[] }> {
  const mistakes = [...before];
  const plan: Plan = { created: [], reactivated: [], deactivated: [], unchanged: [] };
  const pk = rows.find((row) => row.pk !== undefined)?.pk;
  const twice = { username: repetition('username', mistakes), email: repetition('email', mistakes) };
  const listed = new Set<Stood>();
  const emails = new Set(rows.flatMap(({ email }) => (email === undefined ? [] : emailKey(email))));
  const comparison = { pk, emails, standing, by };
  for await (const slice of slices(rows, AT_ONCE)) {
    for (const row of slice) {
      if (row.username !== undefined) twice.username(row.index, standing.usernameKey(row.username));
      if (row.email !== undefined) twice.email(row.index, emailKey(row.email));
      const stood = stoodOf(row, comparison);
      for (const [field, sentence] of mistakesOf(row, stood, comparison)) {
        mistakes.push({ index: row.index, field, sentence });
      }
      if (!stood) plan.created.push(newRow(row, standing));
      else (stood.active ? plan.unchanged : plan.reactivated).push(stood);
      if (stood) listed.add(stood);
    }
  }
  for await (const slice of slices([...standing.customers.values()], AT_ONCE)) {
    for (const stood of slice) {
      const goes = stood.active && !listed.has(stood) && isAbove(by.accountType, stood.accountType);
      if (goes) plan.deactivated.push(stood);
    }
  }
  return { plan, mistakes };
}

/** The customer that a row means. */
function stoodOf(row: GivenRow, { pk, standing, by }: Comparison): Stood | undefined {
  if (pk === undefined) return undefined;
  if (pk === 'username') return row.username === undefined ? undefined : standing.named(row.username);
  const holder = row.email === undefined ? undefined : standing.holder(row.email);
  return holder?.companyId === by.companyId ? standing.customers.get(holder.accountId) : undefined;
}

function* mistakesOf(
  row: GivenRow,
  stood: Stood | undefined,
  comparison: Comparison,
): Generator<[string, string]> {
  const { pk, standing, by } = comparison;
  if (row.pk !== undefined && row.pk !== pk) {
    yield ['pk_attribute', `Must be the same in all rows; the first one has ${pk}.`];
  }
  // Without what a row is known by, nothing can be said of whom it means.
  const known = pk !== undefined && row[pk] !== undefined;
  const named = known && row.username !== undefined && standing.named(row.username);
  if ((named && named !== stood) || (known && !stood && isOthersEmail(row, comparison))) {
    yield ['username', USERNAME_TAKEN];
  }
  const holder = row.email === undefined ? undefined : standing.holder(row.email);
  if (holder?.companyId !== by.companyId ? holder : known && !isOwn(holder, stood, standing)) {
    yield ['email', EMAIL_TAKEN];
  }
  if (row.accountType !== undefined) {
    if (isAbove(row.accountType, by.accountType)) {
      yield ['account_type', `Must not be above your own: ${by.accountType}.`];
    } else if (known && !stood) {
      const above = typeMistake(by.accountType, row.accountType);
      if (above) yield ['account_type', above];
    }
  }
  if (stood && !stood.active && !isAbove(by.accountType, stood.accountType)) {
    yield ['account_type', 'This customer is deactivated; only an account of a higher type reactivates it.'];
  }
}

/** Whether someone new would have a username that another one's email is, who signs in by it too. */
function isOthersEmail({ username, email }: GivenRow, { emails, standing, by }: Comparison): boolean {
  if (username === undefined || email === undefined) return false;
  const key = emailKey(username);
  if (key === emailKey(email)) return false;
  return emails.has(key) || standing.holder(username)?.companyId === by.companyId;
}

/** Whether an account of the company is the customer that the row means, or one that becomes it. */
function isOwn({ accountId }: Holder, stood: Stood | undefined, standing: Standing): boolean {
  return stood ? accountId === stood.accountId : !standing.customers.has(accountId);
}

/** Only used where no row has a mistake: then nothing of it is undefined. */
function newRow(row: GivenRow, standing: Standing): NewRow {
  const { username, email, accountType } = row as NewRow;
  return { ...row, username, email, accountType, accountId: email && standing.holder(email)?.accountId };
}

/** Tells of each text that came before, in both rows. */
function repetition(field: PkAttribute, mistakes: RowMistake[]): (index: number, key: string) => void {
  const first = new Map<string, { index: number; told: boolean }>();
  return (index, key) => {
    const before = first.get(key);
    if (!before) {
      first.set(key, { index, told: false });
      return;
    }
    mistakes.push({ index, field, sentence: also(before.index) });
    if (!before.told) mistakes.push({ index: before.index, field, sentence: also(index) });
    before.told = true;
  };
}

const also = (index: number) => `Is in the list twice: the row at index ${index} has it too.`;
