import { audit } from '../platform/audit/audit.ts';
import { Problem } from '../platform/problem.ts';
import { storeCustomer } from './customer-store.ts';
import { customerCommand } from './customer-verbs.ts';
import { type CustomerRef, requireHeld } from './find-customer.ts';
import { inviteCustomer } from './invite-customer.ts';

/** A new invitation for a customer who did not use the last one: that one's link dies. */
export const reinviteCustomer = ({ publicUrl }: { publicUrl: string }) =>
  customerCommand('customers.administrate', async (ctx, ref: CustomerRef) => {
    const customer = await requireHeld(ctx, ref);
    if (customer.status !== 'invited') {
      throw new Problem(400, `the customer is ${customer.status}; only who is invited is invited again`);
    }
    const invitedAt = new Date().toISOString();
    await storeCustomer(ctx.sql, ctx.actor.companyId, { ...customer, invitedAt });
    await inviteCustomer(ctx, customer, publicUrl);
    audit(ctx, 'customer.reinvite', { kind: 'customer', id: customer.accountId });
  });
