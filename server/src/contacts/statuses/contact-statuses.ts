import type { ValueList } from '../value-lists/value-list.ts';
import { valueListStore } from '../value-lists/value-list-store.ts';

/** How far a company is with a contact. */
export const contactStatuses: ValueList = {
  kind: 'contact-status',
  what: 'status',
  store: valueListStore('contact_status'),
};
