import type { Sql } from '../../platform/db/statement.ts';
import { statement } from '../../platform/db/statement.ts';
import type { CustomFieldRow } from './custom-field.ts';

const FIELD = {
  id: 'uuid',
  name: 'text',
  display_name: 'text',
  type: 'text',
  options: 'jsonb',
  visible_to: 'text[]',
  created_at: 'timestamptz',
} as const;
const COLUMNS = 'f.id, f.name, f.display_name, f.type, f.options, f.visible_to, f.created_at';
const SEEN = '($2::text[] is null or cardinality(f.visible_to) = 0 or f.visible_to && $2)';

const byId = statement({
  name: 'contact-custom-field.by-id',
  text: `select ${COLUMNS} from contact_custom_field f where f.company_id = $1 and f.id = $2`,
  parameters: ['int4', 'uuid'],
  row: FIELD,
});

const lock = statement({
  name: 'contact-custom-field.lock',
  text: `select ${COLUMNS} from contact_custom_field f where f.company_id = $1 and f.id = $2 for update`,
  parameters: ['int4', 'uuid'],
  row: FIELD,
});

const idOfName = statement({
  name: 'contact-custom-field.id-of-name',
  text: 'select f.id from contact_custom_field f where f.company_id = $1 and lower(f.name) = lower($2)',
  parameters: ['int4', 'text'],
  row: { id: 'uuid' },
});

const page = statement({
  name: 'contact-custom-field.page',
  text: `
    select ${COLUMNS} from contact_custom_field f where f.company_id = $1 and ${SEEN}
    order by f.created_at, f.id limit $3 offset $4`,
  parameters: ['int4', 'text[]?', 'int4', 'int4'],
  row: FIELD,
});

const count = statement({
  name: 'contact-custom-field.count',
  text: `select count(*) as total from contact_custom_field f where f.company_id = $1 and ${SEEN}`,
  parameters: ['int4', 'text[]?'],
  row: { total: 'int8' },
});

const insert = statement({
  name: 'contact-custom-field.insert',
  text: `
    insert into contact_custom_field (company_id, id, name, display_name, type, options, visible_to)
    values ($1, $2, $3, $4, $5, $6, $7) returning created_at`,
  parameters: ['int4', 'uuid', 'text', 'text', 'text', 'jsonb', 'text[]'],
  row: { created_at: 'timestamptz' },
});

const update = statement({
  name: 'contact-custom-field.update',
  text: `
    update contact_custom_field f set name = $3, display_name = $4, options = $5, visible_to = $6
    where f.company_id = $1 and f.id = $2`,
  parameters: ['int4', 'uuid', 'text', 'text', 'jsonb', 'text[]'],
});

const remove = statement({
  name: 'contact-custom-field.remove',
  text: `
    with removed as (
      delete from contact_custom_field f where f.company_id = $1 and f.id = $2
      returning f.company_id, f.id, f.visible_to)
    insert into contact_custom_field_gone (company_id, id, visible_to)
    select r.company_id, r.id, r.visible_to from removed r where cardinality(r.visible_to) > 0`,
  parameters: ['int4', 'uuid'],
});

const optionInUse = statement({
  name: 'contact-custom-field.option-in-use',
  text: `
    select o.id from contact c
    cross join lateral jsonb_path_query(c.wire::jsonb, '$.customFields[*]') as f(entry)
    join unnest($3::text[]) as o(id) on f.entry ->> 'value' = o.id or f.entry -> 'values' ? o.id
    where c.company_id = $1 and c.refs @> array[$2::uuid] and f.entry ->> 'id' = $2::text
    limit 1`,
  parameters: ['int4', 'uuid', 'text[]'],
  row: { id: 'text' },
});

export async function findCustomField(
  sql: Sql,
  companyId: number,
  id: string,
): Promise<CustomFieldRow | undefined> {
  return (await sql.run(byId, [companyId, id]))[0];
}

/** Holds the definition until the transaction ends; undefined when there is none. */
export async function lockCustomField(
  sql: Sql,
  companyId: number,
  id: string,
): Promise<CustomFieldRow | undefined> {
  return (await sql.run(lock, [companyId, id]))[0];
}

/** Compared without regard to case. */
export async function customFieldIdOfName(
  sql: Sql,
  companyId: number,
  name: string,
): Promise<string | undefined> {
  return (await sql.run(idOfName, [companyId, name]))[0]?.id;
}

/** Oldest first; `roles` narrows the list to what they see. */
export async function listCustomFields(
  sql: Sql,
  companyId: number,
  { roles, limit, offset }: { roles: string[] | null; limit: number; offset: number },
): Promise<{ fields: CustomFieldRow[]; totalCount: number }> {
  const [fields, [counted]] = await Promise.all([
    sql.run(page, [companyId, roles, limit, offset]),
    sql.run(count, [companyId, roles]),
  ]);
  return { fields, totalCount: counted!.total };
}

export async function insertCustomField(
  sql: Sql,
  companyId: number,
  field: Omit<CustomFieldRow, 'created_at'>,
): Promise<CustomFieldRow> {
  const [row] = await sql.run(insert, [
    companyId,
    field.id,
    field.name,
    field.display_name,
    field.type,
    JSON.stringify(field.options),
    field.visible_to,
  ]);
  return { ...field, created_at: row!.created_at };
}

export async function updateCustomField(sql: Sql, companyId: number, field: CustomFieldRow): Promise<void> {
  await sql.run(update, [
    companyId,
    field.id,
    field.name,
    field.display_name,
    JSON.stringify(field.options),
    field.visible_to,
  ]);
}

/** One that some roles alone see stays hidden from the others for as long as a contact carries it. */
export async function removeCustomField(sql: Sql, companyId: number, id: string): Promise<void> {
  await sql.run(remove, [companyId, id]);
}

/** The first of these options of a field that a contact has chosen. */
export async function firstOptionInUse(
  sql: Sql,
  companyId: number,
  fieldId: string,
  optionIds: string[],
): Promise<string | undefined> {
  return (await sql.run(optionInUse, [companyId, fieldId, optionIds]))[0]?.id;
}
