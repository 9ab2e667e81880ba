import { query } from '../identity/verbs.ts';
import { invalid, Problem } from '../platform/problem.ts';
import { parseMoment } from '../platform/time.ts';
import {
  type ContactFilter,
  listContacts as list,
  type Operator,
  type SortColumn,
} from './contact-list-store.ts';
import { withoutHidden } from './hidden-fields.ts';

export interface ContactsRequest {
  limit: number;
  offset: number;
  email?: string;
  created_at?: string;
  created_at_op?: Operator;
  updated_at?: string;
  updated_at_op?: Operator;
  sort_field?: 'createdAt' | 'updatedAt' | 'id' | 'created_at' | 'updated_at';
  sort_order?: 'asc' | 'desc';
}

const DEEPEST = 10_000;

/** A page of contacts as JSON text (docs/wire-rulings.md section 4). */
export const listContacts = query('signed-in', async (ctx, request: ContactsRequest): Promise<string> => {
  if (request.offset + request.limit > DEEPEST) {
    throw new Problem(
      400,
      `offset: offset and limit reach past ${DEEPEST}; walk on by created_at with created_at_op=gte and ` +
        'sort_field=createdAt, each page from the createdTime of the last contact before it',
    );
  }
  const page = await list(ctx.sql, ctx.actor, filterOf(request), request);
  const contacts = page.hidden ? veiled(page.contacts, page.hidden) : page.contacts;
  return `{"contacts":[${contacts}],"last_batch":${page.batch},"total_count":${page.total}}`;
});

function filterOf(request: ContactsRequest): ContactFilter {
  return {
    email: request.email,
    createdAt: comparison('created_at', request.created_at, request.created_at_op),
    updatedAt: comparison('updated_at', request.updated_at, request.updated_at_op),
    sort: column(request.sort_field),
    descending: request.sort_order === 'desc',
  };
}

function comparison(name: string, value: string | undefined, op: Operator | undefined) {
  if (value === undefined && op === undefined) return undefined;
  if (op === undefined) throw invalid(`${name}_op`, `is required with ${name}`);
  if (value === undefined) throw invalid(name, `is required with ${name}_op`);
  return { op, value: parseMoment(value)! };
}

function column(field: ContactsRequest['sort_field']): SortColumn {
  if (field === 'id') return 'id';
  return field === 'updatedAt' || field === 'updated_at' ? 'updated_at' : 'created_at';
}

function veiled(contacts: string, hidden: string[]): string {
  const parsed: object[] = JSON.parse(`[${contacts}]`);
  return parsed.map((contact) => withoutHidden(JSON.stringify(contact), hidden)).join(',');
}
