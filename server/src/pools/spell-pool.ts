import type { Speller } from '../contacts/spelling.ts';
import { poolName } from './pool-store.ts';

/** The pools among a contact's `lists`. */
export const spellPool: Speller = async (sql, companyId, ref) => {
  const name = await poolName(sql, companyId, ref);
  const spelt = name === undefined ? [] : [{ id: ref, name }];
  return {
    there: name !== undefined,
    respell: (contact) => ({
      ...contact,
      lists: contact.lists.flatMap((list) => (list.id === ref ? spelt : [list])),
    }),
  };
};
