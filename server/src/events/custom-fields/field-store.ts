import type { FieldOption, FieldType } from '../../contacts/custom-fields/custom-field.ts';
import type { Row, Sql } from '../../platform/db/statement.ts';
import { statement } from '../../platform/db/statement.ts';
import { isoMoment } from '../../platform/time.ts';
import type { EventField } from './field.ts';

export const FIELD = {
  id: 'uuid',
  name: 'text',
  type: 'text',
  options: 'jsonb',
  required: 'bool',
  asked: 'bool',
  created_at: 'timestamptz',
  created_by: 'uuid?',
  updated_at: 'timestamptz',
  updated_by: 'uuid?',
} as const;
export type FieldRow = Row<typeof FIELD>;
/** The columns of `event_custom_field f`. */
export const FIELD_COLUMNS = `f.id, f.name, f.type, f.options, f.required, f.asked,
    f.created_at, f.created_by, f.updated_at, f.updated_by`;
/** All of the company at $1, oldest first. Whoever locks several does so in this order. */
export const ALL_FIELDS = 'from event_custom_field f where f.company_id = $1 order by f.created_at, f.id';
const ONE = `select ${FIELD_COLUMNS} from event_custom_field f where f.company_id = $1 and f.id = $2`;

const list = statement({
  name: 'event-custom-field.list',
  text: `select ${FIELD_COLUMNS} ${ALL_FIELDS}`,
  parameters: ['int4'],
  row: FIELD,
});

// Not by the rows: there, newcomers who share would overtake whoever waits to change one, again and again.
const LOCK = 4_010_003;
const shareAll = statement({
  name: 'event-custom-field.share-all',
  text: `select pg_advisory_xact_lock_shared(${LOCK}, $1) is null as locked`,
  parameters: ['int4'],
  row: { locked: 'bool' },
});

const claimAll = statement({
  name: 'event-custom-field.claim-all',
  text: `select pg_advisory_xact_lock(${LOCK}, $1) is null as locked`,
  parameters: ['int4'],
  row: { locked: 'bool' },
});

const listAsked = statement({
  name: 'event-custom-field.list-asked',
  text: `
    select ${FIELD_COLUMNS} from event_custom_field f
    where f.company_id = $1 and f.asked order by f.created_at, f.id`,
  parameters: ['int4'],
  row: FIELD,
});

const types = statement({
  name: 'event-custom-field.types',
  text: 'select f.id, f.type from event_custom_field f where f.company_id = $1',
  parameters: ['int4'],
  row: { id: 'uuid', type: 'text' },
});

const byId = statement({
  name: 'event-custom-field.by-id',
  text: ONE,
  parameters: ['int4', 'uuid'],
  row: FIELD,
});

const lock = statement({
  name: 'event-custom-field.lock',
  text: `${ONE} for update`,
  parameters: ['int4', 'uuid'],
  row: FIELD,
});

/** All of the company's, oldest first. */
export async function listFields(sql: Sql, companyId: number): Promise<EventField[]> {
  return (await sql.run(list, [companyId])).map(fieldOf);
}

/** The same; until the transaction ends none of them changes or goes, so that values fit what was read here. */
export async function holdFields(sql: Sql, companyId: number): Promise<EventField[]> {
  const [, rows] = await Promise.all([sql.run(shareAll, [companyId]), sql.run(list, [companyId])]);
  return rows.map(fieldOf);
}

/** The questions of the registration page. */
export async function listQuestions(sql: Sql, companyId: number): Promise<EventField[]> {
  return (await sql.run(listAsked, [companyId])).map(fieldOf);
}

/** The questions, held as by holdFields. */
export async function holdQuestions(sql: Sql, companyId: number): Promise<EventField[]> {
  const [, rows] = await Promise.all([sql.run(shareAll, [companyId]), sql.run(listAsked, [companyId])]);
  return rows.map(fieldOf);
}

/** Without what they are called and what can be chosen, which may be much. */
export async function listFieldTypes(
  sql: Sql,
  companyId: number,
): Promise<Pick<EventField, 'id' | 'type'>[]> {
  return (await sql.run(types, [companyId])).map(({ id, type }) => ({ id, type: type as FieldType }));
}

export async function findField(sql: Sql, companyId: number, id: string): Promise<EventField | undefined> {
  return (await sql.run(byId, [companyId, id])).map(fieldOf)[0];
}

/** Holds the definition until the transaction ends; undefined when there is none. */
export async function lockField(sql: Sql, companyId: number, id: string): Promise<EventField | undefined> {
  const [, rows] = await Promise.all([sql.run(claimAll, [companyId]), sql.run(lock, [companyId, id])]);
  return rows.map(fieldOf)[0];
}

/** Of a row, or of one as JSON: that writes moments in a form of its own. */
export function fieldOf(row: FieldRow): EventField {
  return {
    id: row.id,
    name: row.name,
    type: row.type as FieldType,
    options: row.options as FieldOption[],
    required: row.required,
    asked: row.asked,
    createdAt: isoMoment(row.created_at),
    ...(row.created_by === null ? {} : { createdBy: row.created_by }),
    updatedAt: isoMoment(row.updated_at),
    ...(row.updated_by === null ? {} : { updatedBy: row.updated_by }),
  };
}
