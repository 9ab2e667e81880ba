import { customerQuery } from './customer-verbs.ts';
import { type CustomerRef, requireCustomer } from './find-customer.ts';

export const readCustomer = customerQuery(async (ctx, ref: CustomerRef) => ({
  customer: await requireCustomer(ctx, ref),
  reader: ctx.actor,
}));
