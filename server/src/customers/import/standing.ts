import { emailKey } from '../../identity/email.ts';
import type { Sql } from '../../platform/db/statement.ts';
import type { GivenRow } from './given-list.ts';
import { slices } from './slices.ts';
import { type Holder, holdersOf, loweredNames, standingPage } from './standing-store.ts';
import type { Stood } from './stood.ts';

/** The company's customers as they stand, and whoever holds what the list names. */
export interface Standing {
  /** By account. */
  readonly customers: ReadonlyMap<string, Stood>;
  /** A username as it is compared. */
  usernameKey(username: string): string;
  /** The company's customer with a username. */
  named(username: string): Stood | undefined;
  /** The account that holds an email, or a username as its email, in whichever company. */
  holder(email: string): Holder | undefined;
}

const AT_ONCE = 5_000;

/** Reads what the rows are to be compared with. Usernames are compared as PostgreSQL does, which keeps them apart. */
export async function readStanding(sql: Sql, companyId: number, rows: GivenRow[]): Promise<Standing> {
  const customers = new Map<string, Stood>();
  const names = new Map<string, Stood>();
  for (let last: number | undefined = 0; last !== undefined; ) {
    const page = await standingPage(sql, companyId, last, AT_ONCE);
    for (const { usernameKey, ...stood } of page) {
      customers.set(stood.accountId, stood);
      names.set(usernameKey, stood);
    }
    last = page.length === AT_ONCE ? page.at(-1)!.number : undefined;
  }
  const keys = new Map<string, string>();
  const holders = new Map<string, Holder>();
  for await (const slice of slices(rows, AT_ONCE)) {
    const usernames = slice.flatMap(({ username }) => username ?? []);
    // A username may be somebody's email too.
    const emails = [...slice.flatMap(({ email }) => email ?? []), ...usernames].map(emailKey);
    const [lowered, held] = await Promise.all([loweredNames(sql, usernames), holdersOf(sql, emails)]);
    for (const [at, username] of usernames.entries()) keys.set(username, lowered[at]!);
    for (const { key, ...holder } of held) holders.set(key, holder);
  }
  const usernameKey = (username: string) => keys.get(username)!;
  return {
    customers,
    usernameKey,
    named: (username) => names.get(usernameKey(username)),
    holder: (email) => holders.get(emailKey(email)),
  };
}
