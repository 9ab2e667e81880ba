import { restateContacts } from '../contacts/place-contacts.ts';
import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { requireMember } from './find-member.ts';
import { removeMember } from './member-store.ts';

/** Takes a contact out of a pool. */
export const removeContact = recordCommand(
  'pools.write',
  async (ctx, ref: { poolid: string; contactid: string }, permit) => {
    const { pool, contact } = await requireMember(ctx, ref);
    permit(true);
    const left = { ...contact, lists: contact.lists.filter(({ id }) => id !== pool.id) };
    await Promise.all([
      restateContacts(ctx, [left], { ref: pool.id, added: false, field: 'lists' }),
      removeMember(ctx.sql, ctx.actor.companyId, pool.id, contact.id),
      audit(ctx, 'pool.remove-contact', { kind: 'pool', id: pool.id }, ['contacts']),
    ]);
  },
);
