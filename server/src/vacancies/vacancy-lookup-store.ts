import { VISIBILITY, visibilityOf } from '../contacts/visibility.ts';
import type { Actor } from '../identity/actor.ts';
import type { StoredIntegrations } from '../identity/integrations.ts';
import { type ColumnType, type Row, type Sql, statement } from '../platform/db/statement.ts';
import { countsOf, STAGES } from './counts-sql.ts';
import type { Counts, Details, Stage, Vacancy } from './vacancy.ts';

export const VACANCY = {
  id: 'uuid',
  hash_id: 'text',
  title: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  details: 'jsonb',
  integrations: 'jsonb',
  stages: 'jsonb',
} as const;
export const VACANCY_COLUMNS = `v.id, v.hash_id, v.title, v.created_at, v.updated_at, v.details, v.integrations,
      ${STAGES} as stages`;

/** The three ways to name a vacancy, each as a condition on a row of `vacancy v` and the types of its parameters. */
const ADDRESSES = {
  id: { condition: (first: number) => `v.id = $${first}`, types: ['uuid'] },
  hash: { condition: (first: number) => `v.hash_id = $${first}`, types: ['text'] },
  key: {
    condition: (first: number) => `v.id = (
      select k.vacancy_id from vacancy_key k
      where k.company_id = $1 and k.partner = $${first} and k.external_id = $${first + 1})`,
    types: ['text', 'text'],
  },
} as const satisfies Record<string, { condition(first: number): string; types: readonly ColumnType[] }>;

const reads = eachAddress((by) =>
  statement({
    name: `vacancy.by-${by}`,
    text: `
      select ${VACANCY_COLUMNS}, ${countsOf(2)} as counts from vacancy v
      where v.company_id = $1 and ${ADDRESSES[by].condition(9)}`,
    parameters: ['int4', ...VISIBILITY, ...ADDRESSES[by].types] as readonly ColumnType[],
    row: { ...VACANCY, counts: 'jsonb' },
    scan: true,
  }),
);

const locks = eachAddress((by) =>
  statement({
    name: `vacancy.lock-by-${by}`,
    text: `
      select v.id from vacancy v where v.company_id = $1 and ${ADDRESSES[by].condition(2)} for update`,
    parameters: ['int4', ...ADDRESSES[by].types] as readonly ColumnType[],
    row: { id: 'uuid' },
  }),
);

/** How a vacancy is named in the store, with the values of that address. */
export interface VacancyAddress {
  by: keyof typeof ADDRESSES;
  values: readonly string[];
}

/** A vacancy with its counts for this reader; one round trip. */
export async function findVacancy(
  sql: Sql,
  actor: Actor,
  { by, values }: VacancyAddress,
): Promise<{ vacancy: Vacancy; counts: Counts } | undefined> {
  const [row] = await sql.run(reads[by], [actor.companyId, ...visibilityOf(actor), ...values] as never);
  return row && { vacancy: vacancyOf(row), counts: row.counts as Counts };
}

/** Holds the vacancy until the transaction ends, and answers its id. Contacts cannot come to it or go meanwhile. */
export async function lockVacancy(
  sql: Sql,
  companyId: number,
  { by, values }: VacancyAddress,
): Promise<string | undefined> {
  return (await sql.run(locks[by], [companyId, ...values] as never))[0]?.id;
}

export function vacancyOf(row: Row<typeof VACANCY>): Vacancy {
  return {
    id: row.id,
    hashId: row.hash_id,
    title: row.title,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    details: row.details as Details,
    integrations: row.integrations as StoredIntegrations,
    stages: row.stages as Stage[],
  };
}

function eachAddress<S>(make: (by: keyof typeof ADDRESSES) => S): Record<keyof typeof ADDRESSES, S> {
  return { id: make('id'), hash: make('hash'), key: make('key') };
}
