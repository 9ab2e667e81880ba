import { Type } from 'typebox';
import { OPERATORS, type Operator, SORT_FIELDS } from '../list-request.ts';
import { moment, oneOf } from './schema.ts';

const operator = () => Type.Optional(oneOf(Object.keys(OPERATORS) as Operator[]));

/** The query parameters of a list that can be filtered and sorted by time. */
export const listQuery = {
  limit: Type.Integer({ minimum: 0, maximum: 200, default: 200 }),
  offset: Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0 }),
  created_at: Type.Optional(moment()),
  created_at_op: operator(),
  updated_at: Type.Optional(moment()),
  updated_at_op: operator(),
  sort_field: Type.Optional(oneOf(SORT_FIELDS)),
  sort_order: Type.Optional(oneOf(['asc', 'desc'])),
};
