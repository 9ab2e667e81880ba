import { CLOCK, justAfter } from '../../platform/db/clock.ts';
import type { Sql } from '../../platform/db/statement.ts';
import { statement } from '../../platform/db/statement.ts';
import type { EventField } from './field.ts';
import { ALL_FIELDS, FIELD, FIELD_COLUMNS, fieldOf } from './field-store.ts';

// Values may still come to refer to them.
const lockAll = statement({
  name: 'event-custom-field.lock-all',
  text: `select f.id ${ALL_FIELDS} for no key update`,
  parameters: ['int4'],
  row: { id: 'uuid' },
});

const census = statement({
  name: 'event-custom-field.census',
  text: `
    select count(*) as total, count(*) filter (where lower(f.name) = lower($2)) as namesakes
    from event_custom_field f where f.company_id = $1`,
  parameters: ['int4', 'text'],
  row: { total: 'int8', namesakes: 'int8' },
});

const idOfName = statement({
  name: 'event-custom-field.id-of-name',
  text: 'select f.id from event_custom_field f where f.company_id = $1 and lower(f.name) = lower($2)',
  parameters: ['int4', 'text'],
  row: { id: 'uuid' },
});

const insert = statement({
  name: 'event-custom-field.insert',
  text: `
    insert into event_custom_field as f (
      company_id, id, name, type, options, required, asked, created_at, created_by, updated_at, updated_by)
    select $1, $2, $3, $4, $5, $6, $7, w.now, $8, w.now, $8 from clock_timestamp() as w(now)
    returning ${FIELD_COLUMNS}`,
  parameters: ['int4', 'uuid', 'text', 'text', 'jsonb', 'bool', 'bool', 'uuid'],
  row: FIELD,
});

// Two changes within one millisecond have a time each.
const update = statement({
  name: 'event-custom-field.update',
  text: `
    with ${CLOCK}
    update event_custom_field f
    set name = $3, options = $4, required = $5, asked = $6, updated_by = $7,
      updated_at = greatest(clock.now, ${justAfter('f.updated_at')})
    from clock where f.company_id = $1 and f.id = $2
    returning ${FIELD_COLUMNS}`,
  parameters: ['int4', 'uuid', 'text', 'jsonb', 'bool', 'bool', 'uuid'],
  row: FIELD,
});

const remove = statement({
  name: 'event-custom-field.remove',
  text: 'delete from event_custom_field f where f.company_id = $1 and f.id = $2',
  parameters: ['int4', 'uuid'],
});

const chosen = statement({
  name: 'event-custom-field.chosen',
  text: `
    select c.id from event_value v cross join lateral unnest(v.choices) as c(id)
    where v.company_id = $1 and v.field_id = $2
    union
    select c.id from event_answer a cross join lateral unnest(a.choices) as c(id)
    where a.company_id = $1 and a.field_id = $2`,
  parameters: ['int4', 'uuid'],
  row: { id: 'text' },
});

/**
 * How many definitions there are, and how many of them have this name, whatever its case. From the first definition on,
 * no two transactions of a company count at the same time.
 */
export async function countFields(
  sql: Sql,
  companyId: number,
  name: string,
): Promise<{ total: number; namesakes: number }> {
  // Counted behind the lock: the statement that waits for it does not see what comes meanwhile.
  const [, [counted]] = await Promise.all([
    sql.run(lockAll, [companyId]),
    sql.run(census, [companyId, name]),
  ]);
  return counted!;
}

/** Compared without regard to case. */
export async function fieldIdOfName(sql: Sql, companyId: number, name: string): Promise<string | undefined> {
  return (await sql.run(idOfName, [companyId, name]))[0]?.id;
}

/** What a definition says, without who said it when. */
export type FieldContent = Pick<EventField, 'id' | 'name' | 'type' | 'options' | 'required' | 'asked'>;

export async function insertField(
  sql: Sql,
  companyId: number,
  { id, name, type, options, required, asked }: FieldContent,
  by: string,
): Promise<EventField> {
  const values = [id, name, type, JSON.stringify(options), required, asked, by] as const;
  return fieldOf((await sql.run(insert, [companyId, ...values]))[0]!);
}

/** Everything but the type. */
export async function storeField(
  sql: Sql,
  companyId: number,
  { id, name, options, required, asked }: FieldContent,
  by: string,
): Promise<EventField> {
  const values = [id, name, JSON.stringify(options), required, asked, by] as const;
  return fieldOf((await sql.run(update, [companyId, ...values]))[0]!);
}

/** What events and attendees said to it goes with it. */
export async function removeField(sql: Sql, companyId: number, id: string): Promise<void> {
  await sql.run(remove, [companyId, id]);
}

/** The ids of the options that an event, or an attendee's answer, has chosen. */
export async function chosenOptions(sql: Sql, companyId: number, fieldId: string): Promise<Set<string>> {
  return new Set((await sql.run(chosen, [companyId, fieldId])).map(({ id }) => id));
}
