import { type Sql, type Statement, statement } from '../platform/db/statement.ts';
import type { Customer } from './customer.ts';
import { CUSTOMER_COLUMNS, CUSTOMER_FROM, CUSTOMER_ROW, customerOf } from './customer-store.ts';

/** What a list can be ordered by, in SQL. */
const ORDERS = {
  id: 'c.number',
  username: 'lower(c.username)',
  email: 'lower(a.email)',
  account_type: 'c.account_type',
  status: 'c.status',
  is_active: 'a.active',
  first_name: 'lower(a.first_name)',
  last_name: 'lower(a.last_name)',
  invitationdate: 'c.invited_at',
  confirmationdate: 'c.confirmed_at',
} as const;
export type OrderField = keyof typeof ORDERS;
export const ORDER_FIELDS = Object.keys(ORDERS) as OrderField[];

const WHERE = `
  c.company_id = $1 and ($2::text is null or lower(c.username) = lower($2)) and ($3::text is null or lower(a.email) = lower($3))
  and ($4::text is null or c.account_type = $4) and ($5::text is null or c.status = $5) and ($6::bool is null or a.active = $6)`;
const FILTER = ['int4', 'text?', 'text?', 'text?', 'text?', 'bool?'] as const;
const PARAMETERS = [...FILTER, 'int4', 'int4'] as const;

const count = statement({
  name: 'customer.count',
  text: `select count(*) as total from ${CUSTOMER_FROM} where ${WHERE}`,
  parameters: FILTER,
  row: { total: 'int8' },
  scan: true,
});

type Page = Statement<typeof PARAMETERS, typeof CUSTOMER_ROW>;
const page = (field: OrderField, direction: 'asc' | 'desc'): Page =>
  statement({
    name: `customer.list.${field}.${direction}`,
    text: `
      select ${CUSTOMER_COLUMNS} from ${CUSTOMER_FROM} where ${WHERE}
      order by ${ORDERS[field]} ${direction} nulls last, c.number ${direction} limit $7 offset $8`,
    parameters: PARAMETERS,
    row: CUSTOMER_ROW,
    scan: true,
  });
const pages = Object.fromEntries(
  ORDER_FIELDS.map((field) => [field, { asc: page(field, 'asc'), desc: page(field, 'desc') }]),
) as Record<OrderField, { asc: Page; desc: Page }>;

export interface CustomerFilter {
  username: string | undefined;
  email: string | undefined;
  accountType: string | undefined;
  status: string | undefined;
  active: boolean | undefined;
}

/**
 * A page of the customers that match, and how many do; names are compared without regard to case. One round trip. Both are
 * planned for what is asked: a plan from when a company had few customers takes seconds once it has many.
 */
export async function listCustomers(
  sql: Sql,
  companyId: number,
  { username, email, accountType, status, active }: CustomerFilter,
  order: { field: OrderField; descending: boolean; limit: number; offset: number },
): Promise<{ customers: Customer[]; total: number }> {
  const filter = [
    companyId,
    username ?? null,
    email ?? null,
    accountType ?? null,
    status ?? null,
    active ?? null,
  ] as const;
  const statement = pages[order.field][order.descending ? 'desc' : 'asc'];
  const [rows, [counted]] = await Promise.all([
    sql.run(statement, [...filter, order.limit, order.offset]),
    sql.run(count, [...filter]),
  ]);
  return { customers: rows.map(customerOf), total: counted!.total };
}
