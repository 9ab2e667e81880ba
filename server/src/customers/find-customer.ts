import { forbidden, notFound } from '../platform/problem.ts';
import { isAbove } from './account-types.ts';
import type { Customer } from './customer.ts';
import { findCustomer, holdCustomer } from './customer-store.ts';
import type { CustomerCtx } from './customer-verbs.ts';

/** A customer as a path names it. */
export interface CustomerRef {
  companyId: string;
  customerId: string;
}

/** The customer of the company that a path names; a 404 for one that is not there. */
export async function requireCustomer(
  ctx: CustomerCtx,
  { customerId }: CustomerRef,
  find: typeof findCustomer = findCustomer,
): Promise<Customer> {
  const number = /^[1-9]\d{0,8}$/.test(customerId) ? Number(customerId) : undefined;
  const customer = number === undefined ? undefined : await find(ctx.sql, ctx.actor.companyId, number);
  if (!customer) throw notFound('customer');
  return customer;
}

/** The same, held until the transaction ends. */
export function requireHeld(ctx: CustomerCtx, ref: CustomerRef): Promise<Customer> {
  return requireCustomer(ctx, ref, holdCustomer);
}

/** 403 unless the customer is below the actor. */
export function requireBelow(ctx: CustomerCtx, { accountType }: Customer): void {
  if (!isAbove(ctx.actor.accountType, accountType)) {
    throw forbidden(`an account of the type ${ctx.actor.accountType} changes only those below it`);
  }
}
