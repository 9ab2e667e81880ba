import type { ValueList } from '../value-lists/value-list.ts';
import { valueListStore } from '../value-lists/value-list-store.ts';

/** The tags that a company gives its contacts. */
export const globalTags: ValueList = {
  kind: 'global-tag',
  what: 'tag',
  store: valueListStore('global_tag'),
};
