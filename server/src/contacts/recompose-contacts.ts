import type { Database } from '../platform/db/database.ts';
import { NIL_UUID } from '../platform/uuid.ts';
import { forgetGoneField, lockCarriers, rewriteContacts } from './rewrite-store.ts';
import type { Speller } from './spelling.ts';

/**
 * Spells out anew, in every contact that refers to it, what was renamed, and drops what is gone. Batch by batch, each a
 * transaction of its own; repeating it does no harm.
 */
export async function recomposeContacts(
  database: Database,
  spellers: readonly Speller[],
  companyId: number,
  ref: string,
): Promise<number> {
  let rewritten = 0;
  for (let after: string | undefined = NIL_UUID; after !== undefined; ) {
    const from: string = after;
    after = await database.transaction(async (tx) => {
      const contacts = await lockCarriers(tx, companyId, ref, from);
      if (contacts.length === 0) {
        await forgetGoneField(tx, companyId, ref);
        return undefined;
      }
      // Read after the lock: a rename that comes later brings a job of its own.
      const spellings = await Promise.all(spellers.map((spell) => spell(tx, companyId, ref)));
      const respelt = contacts.map((contact) =>
        spellings.reduce((spelt, spelling) => spelling.respell(spelt), contact),
      );
      const gone = !spellings.some(({ there }) => there);
      await rewriteContacts(tx, companyId, respelt, ref, gone);
      rewritten += contacts.length;
      return contacts.at(-1)!.id;
    });
  }
  return rewritten;
}
