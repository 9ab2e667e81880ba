import { partnerKeys } from '../identity/integrations.ts';
import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import type { Stage, Vacancy } from './vacancy.ts';

const insert = statement({
  name: 'vacancy.insert',
  text: `
    insert into vacancy (company_id, id, hash_id, title, created_at, updated_at, details, integrations)
    values ($1, $2, $3, $4, coalesce($5, now()), coalesce($6, now()), $7, $8)
    returning created_at, updated_at`,
  parameters: ['int4', 'uuid', 'text', 'text', 'timestamptz?', 'timestamptz?', 'jsonb', 'jsonb'],
  row: { created_at: 'timestamptz', updated_at: 'timestamptz' },
});

// The rule that a change brings a later time is decided here, in one step with the change.
const update = statement({
  name: 'vacancy.update',
  text: `
    update vacancy v set title = $3, updated_at = $4, details = $5, integrations = $6
    where v.company_id = $1 and v.id = $2 and v.updated_at < $4
    returning v.id`,
  parameters: ['int4', 'uuid', 'text', 'timestamptz', 'jsonb', 'jsonb'],
  row: { id: 'uuid' },
});

const remove = statement({
  name: 'vacancy.remove',
  text: 'delete from vacancy v where v.company_id = $1 and v.id = $2',
  parameters: ['int4', 'uuid'],
});

const keyHolders = statement({
  name: 'vacancy.key-holders',
  text: `
    select k.partner, k.external_id from vacancy_key k
    join unnest($3::text[], $4::text[]) as w(partner, external_id) using (partner, external_id)
    where k.company_id = $1 and k.vacancy_id <> $2`,
  parameters: ['int4', 'uuid', 'text[]', 'text[]'],
  row: { partner: 'text', external_id: 'text' },
});

const replaceKeys = statement({
  name: 'vacancy.replace-keys',
  text: `
    with wanted as (select * from unnest($3::text[], $4::text[]) as w(partner, external_id)),
    gone as (
      delete from vacancy_key k where k.company_id = $1 and k.vacancy_id = $2
        and not exists (select from wanted w where w.partner = k.partner and w.external_id = k.external_id)
    )
    insert into vacancy_key (company_id, partner, external_id, vacancy_id)
    select $1, w.partner, w.external_id, $2 from wanted w
    where not exists (
      select from vacancy_key k
      where k.company_id = $1 and k.partner = w.partner and k.external_id = w.external_id and k.vacancy_id = $2)`,
  parameters: ['int4', 'uuid', 'text[]', 'text[]'],
});

const replaceStages = statement({
  name: 'vacancy.replace-stages',
  text: `
    with wanted as (
      select * from jsonb_to_recordset($3) as w(
        id text, place int, value text, name text, "group" text, "order" int, locked bool, integrations jsonb)),
    gone as (
      delete from vacancy_stage s where s.company_id = $1 and s.vacancy_id = $2
        and not exists (select from wanted w where w.id = s.id)
    )
    insert into vacancy_stage (company_id, vacancy_id, id, place, value, name, group_name, sort_order, locked, integrations)
    select $1, $2, w.id, w.place, w.value, w.name, w."group", w."order", w.locked, w.integrations from wanted w
    on conflict (company_id, vacancy_id, id) do update
    set place = excluded.place, value = excluded.value, name = excluded.name, group_name = excluded.group_name,
      sort_order = excluded.sort_order, locked = excluded.locked, integrations = excluded.integrations`,
  parameters: ['int4', 'uuid', 'jsonb'],
});

const stagesInUse = statement({
  name: 'vacancy.stages-in-use',
  text: `
    select s.id from vacancy_stage s
    where s.company_id = $1 and s.vacancy_id = $2 and exists (
      select from vacancy_contact vc
      where vc.company_id = s.company_id and vc.vacancy_id = s.vacancy_id and vc.stage_id = s.id)`,
  parameters: ['int4', 'uuid'],
  row: { id: 'text' },
});

/** The vacancy's own row; `createdAt`, `updatedAt` undefined = now. Answers both. */
export async function insertVacancy(
  sql: Sql,
  companyId: number,
  vacancy: Omit<Vacancy, 'createdAt' | 'updatedAt'>,
  times: { createdAt: string | undefined; updatedAt: string | undefined },
): Promise<Vacancy> {
  const [made] = await sql.run(insert, [
    companyId,
    vacancy.id,
    vacancy.hashId,
    vacancy.title,
    times.createdAt ?? null,
    times.updatedAt ?? null,
    JSON.stringify(vacancy.details),
    JSON.stringify(vacancy.integrations),
  ]);
  return { ...vacancy, createdAt: made!.created_at, updatedAt: made!.updated_at };
}

/** False, and nothing is written, where the stored updated_at is not before the vacancy's. */
export async function updateVacancyRow(sql: Sql, companyId: number, vacancy: Vacancy): Promise<boolean> {
  const rows = await sql.run(update, [
    companyId,
    vacancy.id,
    vacancy.title,
    vacancy.updatedAt,
    JSON.stringify(vacancy.details),
    JSON.stringify(vacancy.integrations),
  ]);
  return rows.length > 0;
}

/** Its stages, its external ids and who was on it go with it. */
export async function removeVacancy(sql: Sql, companyId: number, id: string): Promise<void> {
  await sql.run(remove, [companyId, id]);
}

/** The external ids that another vacancy has. */
export async function takenKeys(
  sql: Sql,
  companyId: number,
  { id, integrations }: Pick<Vacancy, 'id' | 'integrations'>,
): Promise<{ partner: string; external_id: string }[]> {
  const { partners, ids } = partnerKeys(integrations);
  if (ids.length === 0) return [];
  return sql.run(keyHolders, [companyId, id, partners, ids]);
}

export async function storeKeys(
  sql: Sql,
  companyId: number,
  { id, integrations }: Pick<Vacancy, 'id' | 'integrations'>,
): Promise<void> {
  const { partners, ids } = partnerKeys(integrations);
  await sql.run(replaceKeys, [companyId, id, partners, ids]);
}

/** Replaces the stages; none that is in use may be missing. */
export async function storeStages(
  sql: Sql,
  companyId: number,
  vacancyId: string,
  stages: Stage[],
): Promise<void> {
  const rows = stages.map((stage, place) => ({ ...stage, place }));
  await sql.run(replaceStages, [companyId, vacancyId, JSON.stringify(rows)]);
}

/** The ids of the stages that hold contacts, whoever sees these. */
export async function stagesWithContacts(
  sql: Sql,
  companyId: number,
  vacancyId: string,
): Promise<Set<string>> {
  return new Set((await sql.run(stagesInUse, [companyId, vacancyId])).map(({ id }) => id));
}
