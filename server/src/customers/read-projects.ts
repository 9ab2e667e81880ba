import { customerQuery } from './customer-verbs.ts';
import { type CustomerRef, requireCustomer } from './find-customer.ts';

/** The projects of a customer: none, as there are no interviews here. 404 for a customer that is not there. */
export const readProjects = customerQuery(async (ctx, ref: CustomerRef) => {
  await requireCustomer(ctx, ref);
});
