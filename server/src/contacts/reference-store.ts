import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import type { Entry } from './contact.ts';
import type { CustomFieldDefinition } from './custom-field-values.ts';

// Each read shares its rows' locks: a rename or removal that is under way is waited for, and one that comes later
// waits for this write, so that its job finds the contact.

const FIELD = {
  id: 'uuid',
  name: 'text',
  display_name: 'text',
  type: 'text',
  options: 'jsonb',
  visible_to: 'text[]',
} as const;

const fieldsByIds = statement({
  name: 'contact-reference.fields',
  text: `
    select f.id, f.name, f.display_name, f.type, f.options, f.visible_to from contact_custom_field f
    where f.company_id = $1 and f.id = any ($2) for key share`,
  parameters: ['int4', 'uuid[]'],
  row: FIELD,
});

// PostgreSQL alone says which values are the same but for their case: the unique indexes go by its lower(). It is
// taken once a value (`offset 0`), however the two sides are joined.
const namedEntries = (table: 'global_tag' | 'contact_status') => `
    with wanted as materialized (select w.value, lower(w.value) as key from unnest($3::text[]) as w(value))
    select e.id, e.value, w.value as asked
    from ${table} e cross join lateral (select lower(e.value) as key offset 0) l
    left join wanted w on w.key = l.key
    where e.company_id = $1 and (e.id = any ($2) or lower(e.value) = any (array(select k.key from wanted k)))
    for key share of e`;
const NAMED = { id: 'uuid', value: 'text', asked: 'text?' } as const;

const tags = statement({
  name: 'contact-reference.tags',
  text: namedEntries('global_tag'),
  parameters: ['int4', 'uuid[]', 'text[]'],
  row: NAMED,
});

const insertTags = statement({
  name: 'contact-reference.insert-tags',
  text: `
    insert into global_tag (company_id, id, value)
    select distinct on (lower(w.value)) $1::int4, w.id, w.value
    from unnest($2::uuid[], $3::text[]) with ordinality as w(id, value, place)
    order by lower(w.value), w.place`,
  parameters: ['int4', 'uuid[]', 'text[]'],
});

const statuses = statement({
  name: 'contact-reference.statuses',
  text: namedEntries('contact_status'),
  parameters: ['int4', 'uuid[]', 'text[]'],
  row: NAMED,
});

const knownUsers = statement({
  name: 'contact-reference.users',
  text: 'select u.account_id as id from crm_user u where u.company_id = $1 and u.account_id = any ($2) for key share',
  parameters: ['int4', 'uuid[]'],
  row: { id: 'uuid' },
});

const knownTeams = statement({
  name: 'contact-reference.teams',
  text: 'select t.id from team t where t.company_id = $1 and t.id = any ($2) for key share',
  parameters: ['int4', 'uuid[]'],
  row: { id: 'uuid' },
});

/** An entry with the value by which it was asked for, if it was by one; once for each of them. */
export interface NamedEntry extends Entry {
  asked: string | null;
}

export function entryOf({ id, value }: NamedEntry): Entry {
  return { id, value };
}

export async function findFields(
  sql: Sql,
  companyId: number,
  ids: string[],
): Promise<CustomFieldDefinition[]> {
  return (await sql.run(fieldsByIds, [companyId, ids])).map((row) => ({
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    type: row.type as CustomFieldDefinition['type'],
    options: row.options as CustomFieldDefinition['options'],
    visibleTo: row.visible_to,
  }));
}

/** By id or by value, whatever its case. */
export async function findTags(
  sql: Sql,
  companyId: number,
  ids: string[],
  values: string[],
): Promise<NamedEntry[]> {
  return sql.run(tags, [companyId, ids, values]);
}

/** Of values that differ in case alone, the first one is made. */
export async function makeTags(sql: Sql, companyId: number, made: Entry[]): Promise<void> {
  await sql.run(insertTags, [companyId, made.map(({ id }) => id), made.map(({ value }) => value)]);
}

export async function findStatuses(
  sql: Sql,
  companyId: number,
  ids: string[],
  values: string[],
): Promise<NamedEntry[]> {
  return sql.run(statuses, [companyId, ids, values]);
}

export async function findUserIds(sql: Sql, companyId: number, ids: string[]): Promise<Set<string>> {
  return new Set((await sql.run(knownUsers, [companyId, ids])).map(({ id }) => id));
}

export async function findTeamIds(sql: Sql, companyId: number, ids: string[]): Promise<Set<string>> {
  return new Set((await sql.run(knownTeams, [companyId, ids])).map(({ id }) => id));
}
