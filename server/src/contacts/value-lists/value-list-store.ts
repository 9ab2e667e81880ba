import type { Sql } from '../../platform/db/statement.ts';
import { statement } from '../../platform/db/statement.ts';

export interface ValueRow {
  id: string;
  value: string;
}

export interface ValueListStore {
  find(sql: Sql, companyId: number, id: string): Promise<ValueRow | undefined>;
  /** Compared without regard to case. */
  idOfValue(sql: Sql, companyId: number, value: string): Promise<string | undefined>;
  /** Oldest first. */
  page(
    sql: Sql,
    companyId: number,
    range: { limit: number; offset: number },
  ): Promise<{ rows: ValueRow[]; totalCount: number }>;
  /** Holds the row until the transaction ends; undefined when there is none. */
  lock(sql: Sql, companyId: number, id: string): Promise<ValueRow | undefined>;
  insert(sql: Sql, companyId: number, row: ValueRow): Promise<void>;
  rename(sql: Sql, companyId: number, row: ValueRow): Promise<void>;
  remove(sql: Sql, companyId: number, id: string): Promise<void>;
}

const ROW = { id: 'uuid', value: 'text' } as const;

/** The SQL of one of the tables that hold a list of values. */
export function valueListStore(table: 'global_tag' | 'contact_status'): ValueListStore {
  const byId = statement({
    name: `${table}.by-id`,
    text: `select v.id, v.value from ${table} v where v.company_id = $1 and v.id = $2`,
    parameters: ['int4', 'uuid'],
    row: ROW,
  });
  const byValue = statement({
    name: `${table}.by-value`,
    text: `select v.id from ${table} v where v.company_id = $1 and lower(v.value) = lower($2)`,
    parameters: ['int4', 'text'],
    row: { id: 'uuid' },
  });
  const page = statement({
    name: `${table}.page`,
    text: `
      select v.id, v.value from ${table} v where v.company_id = $1
      order by v.created_at, v.id limit $2 offset $3`,
    parameters: ['int4', 'int4', 'int4'],
    row: ROW,
  });
  const count = statement({
    name: `${table}.count`,
    text: `select count(*) as total from ${table} v where v.company_id = $1`,
    parameters: ['int4'],
    row: { total: 'int8' },
  });
  const lock = statement({
    name: `${table}.lock`,
    text: `select v.id, v.value from ${table} v where v.company_id = $1 and v.id = $2 for update`,
    parameters: ['int4', 'uuid'],
    row: ROW,
  });
  const insert = statement({
    name: `${table}.insert`,
    text: `insert into ${table} (company_id, id, value) values ($1, $2, $3)`,
    parameters: ['int4', 'uuid', 'text'],
  });
  const rename = statement({
    name: `${table}.rename`,
    text: `update ${table} v set value = $3 where v.company_id = $1 and v.id = $2`,
    parameters: ['int4', 'uuid', 'text'],
  });
  const remove = statement({
    name: `${table}.remove`,
    text: `delete from ${table} v where v.company_id = $1 and v.id = $2`,
    parameters: ['int4', 'uuid'],
  });

  return {
    find: async (sql, companyId, id) => (await sql.run(byId, [companyId, id]))[0],
    idOfValue: async (sql, companyId, value) => (await sql.run(byValue, [companyId, value]))[0]?.id,
    async page(sql, companyId, { limit, offset }) {
      const [rows, [counted]] = await Promise.all([
        sql.run(page, [companyId, limit, offset]),
        sql.run(count, [companyId]),
      ]);
      return { rows, totalCount: counted!.total };
    },
    lock: async (sql, companyId, id) => (await sql.run(lock, [companyId, id]))[0],
    insert: async (sql, companyId, row) => void (await sql.run(insert, [companyId, row.id, row.value])),
    rename: async (sql, companyId, row) => void (await sql.run(rename, [companyId, row.id, row.value])),
    remove: async (sql, companyId, id) => void (await sql.run(remove, [companyId, id])),
  };
}
