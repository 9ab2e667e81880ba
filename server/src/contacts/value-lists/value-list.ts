import type { ValueListStore } from './value-list-store.ts';

/** A company's own list of values that contacts refer to by id: its global tags, its statuses. */
export interface ValueList {
  /** As the audit trail calls an entry. */
  kind: string;
  /** As a sentence calls an entry. */
  what: string;
  store: ValueListStore;
}
