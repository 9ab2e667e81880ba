import { type Ctx, query } from '../identity/verbs.ts';
import { compileFilter } from '../platform/filter/compile-filter.ts';
import { nearest } from '../platform/http/known-fields.ts';
import { invalid } from '../platform/problem.ts';
import { listFieldTypes } from './custom-fields/field-store.ts';
import { seenBy } from './event.ts';
import { FIRST_OF_FILTER, searchEvents as search } from './event-search-store.ts';
import { SORT_KEYS, type SortKey, searchFields } from './search-fields.ts';

/** As clients send it: `data` in the filter language of docs/wire-rulings.md section 6. */
export interface SearchRequest {
  data?: unknown[] | null;
  limit?: number | null;
  skip?: number | null;
  sortDir?: 'ASC' | 'DESC' | null;
  sortFieldId?: string | null;
}

const USUAL_LIMIT = 20;
const USUAL_SORT = 'start/timestamp';
/** Hides what is deleted, in a query that does not ask about it. */
const NOT_DELETED = { deletedAt: { op: 'EQ', value: null } };

/** A page of events, by start unless asked otherwise. One round trip, and one more where custom fields are asked about. */
export const searchEvents = query('signed-in', async (ctx, request: SearchRequest) => {
  const data = request.data ?? [];
  const fields = searchFields(await customFieldsFor(ctx, data));
  const filter = compileFilter(presentUnlessAsked(data), fields, {
    firstParameter: FIRST_OF_FILTER,
    now: new Date(),
    path: 'data',
  });
  const { events, total } = await search(ctx.sql, ctx.actor.companyId, {
    filter,
    sort: sortKey(request.sortFieldId ?? USUAL_SORT),
    descending: request.sortDir === 'DESC',
    limit: request.limit ?? USUAL_LIMIT,
    skip: request.skip ?? 0,
  });
  return { events: events.map((event) => seenBy(ctx.actor, event)), total };
});

async function customFieldsFor({ sql, actor }: Ctx, data: readonly unknown[]) {
  return data.some((query) => asksAbout(query, 'customFields')) ? listFieldTypes(sql, actor.companyId) : [];
}

function presentUnlessAsked(data: readonly unknown[]): unknown[] {
  if (data.length === 0) return [NOT_DELETED];
  return data.map((query) =>
    isObject(query) && !asksAbout(query, 'deletedAt') ? { ...query, ...NOT_DELETED } : query,
  );
}

function sortKey(name: string): SortKey {
  if (Object.hasOwn(SORT_KEYS, name)) return SORT_KEYS[name]!;
  const near = nearest(name, Object.keys(SORT_KEYS));
  throw invalid('sortFieldId', `is not known here${near ? `; did you mean ${near}?` : ''}`);
}

function asksAbout(query: unknown, field: string): boolean {
  return isObject(query) && Object.hasOwn(query, field);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
