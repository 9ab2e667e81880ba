import type { Sql } from '../platform/db/statement.ts';
import type { Contact } from './contact.ts';
import { refreshedEntry } from './custom-field-values.ts';
import { entryOf, findFields, findStatuses, findTags } from './reference-store.ts';

/** What contacts are to spell out of something that they refer to. */
export interface Spelling {
  /** Whether it still exists. */
  there: boolean;
  respell(contact: Contact): Contact;
}

/** Looks up, under whatever kind a feature keeps, what the id is now. */
export type Speller = (sql: Sql, companyId: number, ref: string) => Promise<Spelling>;

/** Tags, custom fields and statuses. */
export const spellEntries: Speller = async (sql, companyId, ref) => {
  const [fields, tags, statuses] = await Promise.all([
    findFields(sql, companyId, [ref]),
    findTags(sql, companyId, [ref], []),
    findStatuses(sql, companyId, [ref], []),
  ]);
  return {
    there: fields.length + tags.length + statuses.length > 0,
    respell(contact) {
      const { status: _status, ...rest } = contact;
      const kept = contact.status?.id === ref ? statuses.map(entryOf)[0] : contact.status;
      return {
        ...rest,
        globalTags: contact.globalTags.flatMap((tag) => (tag.id === ref ? tags.map(entryOf) : [tag])),
        ...(kept ? { status: kept } : {}),
        customFields: contact.customFields.flatMap((entry) => {
          if (entry.id !== ref) return [entry];
          const fresh = fields[0] && refreshedEntry(fields[0], entry);
          return fresh ? [fresh] : [];
        }),
      };
    },
  };
};
