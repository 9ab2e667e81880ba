import { Problem } from '../platform/problem.ts';
import { type FormBoolean, isTrue } from './customer.ts';
import { listCustomers as list, ORDER_FIELDS, type OrderField } from './customer-list-store.ts';
import { customerQuery } from './customer-verbs.ts';

export interface CustomersRequest {
  companyId: string;
  limit: number;
  offset: number;
  username?: string;
  email?: string;
  account_type?: string;
  status?: string;
  is_active?: FormBoolean;
  /** A field's name, with a minus for descending. */
  order_by?: string;
}

/** A page of the company's customers, who all read each other; one round trip. */
export const listCustomers = customerQuery(async (ctx, request: CustomersRequest) => {
  const { limit, offset, username, email, account_type, status, is_active } = request;
  const filter = {
    username,
    email,
    accountType: account_type,
    status,
    active: is_active === undefined ? undefined : isTrue(is_active),
  };
  const { customers, total } = await list(ctx.sql, ctx.actor.companyId, filter, {
    ...orderOf(request.order_by ?? 'id'),
    limit,
    offset,
  });
  return { customers, total, reader: ctx.actor };
});

function orderOf(order: string): { field: OrderField; descending: boolean } {
  const descending = order.startsWith('-');
  const field = ORDER_FIELDS.find((known) => known === order.slice(descending ? 1 : 0));
  if (field) return { field, descending };
  const expected = `must be one of ${ORDER_FIELDS.join(', ')}, with a minus for descending`;
  throw new Problem(400, `order_by: ${expected}`, { fields: { order_by: [expected] } });
}
