import { ownQuery } from './customer-verbs.ts';
import { requireCustomer } from './find-customer.ts';

/** The account behind a customer of the caller's company, by the customer's number. */
export const readCustomUser = ownQuery(async (ctx, { customUserId }: { customUserId: string }) => ({
  customer: await requireCustomer(ctx, { companyId: String(ctx.actor.companyId), customerId: customUserId }),
  reader: ctx.actor,
}));
