import { ACCOUNT_TYPES, type AccountType } from '../src/customers/account-types.ts';
import { tablesOf } from './role-table.ts';

/** What a route under /api/v3 answers: to a request without a token, to a user of /v1, and to each account type. */
export interface TypeRule {
  /** `GET /api/v3/companies/{companyId}/` */
  route: string;
  /** What it is tried on, if anything. */
  about: string | undefined;
  anyone: string;
  user: string;
  types: ReadonlyMap<AccountType, string>;
}

/** How a customer stands to another one, by their types. */
export type Relation = 'above' | 'equal' | 'below' | 'itself';

/** The table of account-type-table.md. */
export function readTypeTable(): TypeRule[] {
  const [[head, , ...rows] = []] = tablesOf('account-type-table.md');
  const columns = head!.slice(4) as AccountType[];
  return rows.map(([route, about, anyone, user, ...cells]) => ({
    route: route!,
    about: about === '-' ? undefined : about!,
    anyone: anyone!,
    user: user!,
    types: new Map(columns.map((type, index) => [type, cells[index]!])),
  }));
}

export const CELL = /^(?:open|(\d{3})(?: (below|itself|below or itself), else (\d{3}))?)$/;

/** What a cell says of a request about somebody; undefined for `open`. */
export function statusFor(cell: string, relation?: Relation): number | undefined {
  const [, status, whom, otherwise] = CELL.exec(cell) ?? [];
  if (status === undefined) return undefined;
  return Number(whom === undefined || whom.split(' or ').includes(relation ?? '') ? status : otherwise);
}

/** How `type` stands to a caller of the type `by`. */
export function relationOf(type: AccountType, by: AccountType): Relation {
  const deeper = ACCOUNT_TYPES.indexOf(type) - ACCOUNT_TYPES.indexOf(by);
  if (deeper === 0) return 'equal';
  return deeper > 0 ? 'below' : 'above';
}
