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

const tags = statement({
  name: 'contact-reference.tags',
  text: `
    select t.id, t.value from global_tag t
    where t.company_id = $1 and (t.id = any ($2) or lower(t.value) = any ($3)) for key share`,
  parameters: ['int4', 'uuid[]', 'text[]'],
  row: { id: 'uuid', value: 'text' },
});

const insertTags = statement({
  name: 'contact-reference.insert-tags',
  text: `
    insert into global_tag (company_id, id, value)
    select $1, w.id, w.value from unnest($2::uuid[], $3::text[]) as w(id, value)`,
  parameters: ['int4', 'uuid[]', 'text[]'],
});

const statuses = statement({
  name: 'contact-reference.statuses',
  text: `
    select s.id, s.value from contact_status s
    where s.company_id = $1 and (s.id = any ($2) or lower(s.value) = any ($3)) for key share`,
  parameters: ['int4', 'uuid[]', 'text[]'],
  row: { id: 'uuid', value: 'text' },
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
): Promise<Entry[]> {
  return sql.run(tags, [companyId, ids, lowered(values)]);
}

export async function makeTags(sql: Sql, companyId: number, made: Entry[]): Promise<void> {
  await sql.run(insertTags, [companyId, made.map(({ id }) => id), made.map(({ value }) => value)]);
}

export async function findStatuses(
  sql: Sql,
  companyId: number,
  ids: string[],
  values: string[],
): Promise<Entry[]> {
  return sql.run(statuses, [companyId, ids, lowered(values)]);
}

export async function findUserIds(sql: Sql, companyId: number, ids: string[]): Promise<Set<string>> {
  return new Set((await sql.run(knownUsers, [companyId, ids])).map(({ id }) => id));
}

export async function findTeamIds(sql: Sql, companyId: number, ids: string[]): Promise<Set<string>> {
  return new Set((await sql.run(knownTeams, [companyId, ids])).map(({ id }) => id));
}

function lowered(values: string[]): string[] {
  return values.map((value) => value.toLowerCase());
}
