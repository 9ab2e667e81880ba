import type { ListFilter } from '../platform/list-request.ts';

/** Which contacts a list has, and in which order. */
export interface ContactFilter extends ListFilter {
  email?: string | undefined;
  /** Only what was changed before this time. */
  before?: string | undefined;
}
