import { firstStatuses } from './contacts/statuses/first-statuses.ts';
import type { NewCompany } from './identity/create-company.ts';

/** What each feature puts into a new company. */
export const newCompany: readonly NewCompany[] = [firstStatuses];
