import type { AccountType } from '../account-types.ts';

/** A customer of the company before the import. */
export interface Stood {
  accountId: string;
  number: number;
  accountType: AccountType;
  active: boolean;
}
