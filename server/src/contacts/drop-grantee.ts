import type { Sql } from '../platform/db/statement.ts';
import { forgetGrantee, lockSharedWith, rewriteContacts } from './rewrite-store.ts';

/** Ends what is shared with a user or team that goes; a contact that was shared with it alone stays shared with nobody. */
export async function dropGrantee(sql: Sql, companyId: number, granteeId: string): Promise<void> {
  const others = (ids: string[]) => ids.filter((id) => id !== granteeId);
  for (;;) {
    const { ids, contacts } = await lockSharedWith(sql, companyId, granteeId);
    if (ids.length === 0) return;
    for (const { confidentiality } of contacts) {
      confidentiality.shares = {
        teams: others(confidentiality.shares.teams),
        users: others(confidentiality.shares.users),
      };
    }
    await rewriteContacts(sql, companyId, contacts, granteeId, false);
    await forgetGrantee(sql, companyId, granteeId, ids);
  }
}
