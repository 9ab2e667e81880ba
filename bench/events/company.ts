import type pg from 'pg';

/** A company to measure in, and what its searches ask about. */
export interface BenchCompany {
  id: number;
  owners: string[];
  /** The id of the custom field of each type. */
  fields: Record<FieldType, string>;
  /** Ids of the options of the two select fields. */
  options: string[];
}

const TYPES = ['text', 'number', 'date', 'boolean', 'singleSelect', 'multiSelect'] as const;
type FieldType = (typeof TYPES)[number];
const OPTIONS = 8;

/** A company with `owners` users, and a custom field of each type. */
export async function fillCompany(
  client: pg.Client,
  identifier: string,
  { owners }: { owners: number },
): Promise<BenchCompany> {
  const company = await client.query<{ id: number }>(
    'insert into company (identifier, name) values ($1, $1) returning id',
    [identifier],
  );
  const id = company.rows[0]!.id;
  const accounts = await client.query<{ id: string }>(
    `insert into account (company_id, id, email, first_name, last_name)
     select $1, gen_random_uuid(), 'user' || i || '@' || $2::text || '.example', 'User', 'No. ' || i
     from generate_series(1, $3::int4) i returning id`,
    [id, identifier, owners],
  );
  await client.query(
    `insert into crm_user (company_id, account_id, roles)
     select a.company_id, a.id, '{edit}' from account a where a.company_id = $1`,
    [id],
  );
  const fields = await client.query<{ id: string; type: FieldType; options: { id: string }[] }>(
    `insert into event_custom_field (company_id, id, name, type, options)
     select $1, gen_random_uuid(), 'A ' || t.type, t.type,
       case when t.type like '%Select' then (
         select jsonb_agg(jsonb_build_object('id', t.type || '-' || gen_random_uuid(), 'label', 'Option ' || o))
         from generate_series(1, $3::int4) o) else '[]' end
     from unnest($2::text[]) as t(type) returning id, type, options`,
    [id, TYPES, OPTIONS],
  );
  return {
    id,
    owners: accounts.rows.map((row) => row.id),
    fields: Object.fromEntries(fields.rows.map((row) => [row.type, row.id])) as BenchCompany['fields'],
    options: fields.rows.flatMap((row) => row.options.map((option) => option.id)),
  };
}
