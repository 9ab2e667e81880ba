import type { Database } from '../platform/db/database.ts';
import type { Contact } from './contact.ts';
import { refreshedEntry } from './custom-field-values.ts';
import { entryOf, findFields, findStatuses, findTags } from './reference-store.ts';
import { forgetGoneField, lockCarriers, rewriteContacts } from './rewrite-store.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Spells out anew, in every contact that carries it, a tag, status or custom field that was renamed, and drops one
 * that is gone. Batch by batch, each a transaction of its own; repeating it does no harm.
 */
export async function recomposeContacts(database: Database, companyId: number, ref: string): Promise<number> {
  let rewritten = 0;
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const from: string = after;
    after = await database.transaction(async (tx) => {
      const contacts = await lockCarriers(tx, companyId, ref, from);
      if (contacts.length === 0) {
        await forgetGoneField(tx, companyId, ref);
        return undefined;
      }
      // Read after the lock: a rename that comes later brings a job of its own.
      const [fields, tags, statuses] = await Promise.all([
        findFields(tx, companyId, [ref]),
        findTags(tx, companyId, [ref], []),
        findStatuses(tx, companyId, [ref], []),
      ]);
      const respell = (contact: Contact): Contact => {
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
      };
      const gone = fields.length + tags.length + statuses.length === 0;
      await rewriteContacts(tx, companyId, contacts.map(respell), ref, gone);
      rewritten += contacts.length;
      return contacts.at(-1)!.id;
    });
  }
  return rewritten;
}
