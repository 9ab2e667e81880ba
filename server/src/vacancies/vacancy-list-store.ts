import { VISIBILITY, visibilityOf } from '../contacts/visibility.ts';
import type { Actor } from '../identity/actor.ts';
import {
  countOf,
  type Estimate,
  estimateStatement,
  orderOf,
  shapeOf,
  timeConditions,
  timeValues,
  totalOf,
} from '../platform/db/list-statements.ts';
import { type ColumnType, type Row, type Sql, type Statement, statement } from '../platform/db/statement.ts';
import type { ListFilter } from '../platform/list-request.ts';
import { isoMoment } from '../platform/time.ts';
import { countsOf } from './counts-sql.ts';
import type { Counts, Vacancy } from './vacancy.ts';
import { type VACANCY, VACANCY_COLUMNS, vacancyOf } from './vacancy-lookup-store.ts';

export interface VacancyFilter extends ListFilter {
  /** Has an id at this partner; of these, the one with this id. */
  integration?: { partner: string; id?: string | undefined } | undefined;
}

const ROW = { total: 'int8', vacancies: 'jsonb' } as const;
interface ListStatements {
  page: Statement<readonly ColumnType[], typeof ROW>;
  estimate: Estimate;
}
const statements = new Map<string, ListStatements>();

/** The statements for a filter's shape: the same shape is the same prepared statement. */
export function vacancyListStatements(filter: VacancyFilter): ListStatements {
  const { integration } = filter;
  const keyed = integration ? (integration.id === undefined ? 'partner' : 'key') : '';
  const shape = `${keyed}.${shapeOf(filter)}`;
  let known = statements.get(shape);
  if (!known) {
    known = composed(shape, filter);
    statements.set(shape, known);
  }
  return known;
}

const FIRST_OF_FILTER = 1 + VISIBILITY.length + 2 + 1;

function composed(shape: string, filter: VacancyFilter): ListStatements {
  const parameters: ColumnType[] = ['int4', ...VISIBILITY, 'int4', 'int4'];
  const next = (type: ColumnType) => parameters.push(type);
  const conditions = ['v.company_id = $1'];
  if (filter.integration) {
    const partner = next('text');
    const external = filter.integration.id === undefined ? '' : ` and k.external_id = $${next('text')}`;
    conditions.push(`v.id in (
        select k.vacancy_id from vacancy_key k where k.company_id = $1 and k.partner = $${partner}${external})`);
  }
  conditions.push(...timeConditions('v', filter, () => next('timestamptz')));
  const where = conditions.join(' and ');
  const [limit, offset] = [FIRST_OF_FILTER - 2, FIRST_OF_FILTER - 1];
  const page = statement({
    name: `vacancy.list.${shape}`,
    text: `
      select ${countOf('vacancy v', where)} as total, coalesce(jsonb_agg(p), '[]') as vacancies
      from (
        select ${VACANCY_COLUMNS}, ${countsOf(2)} as counts
        from vacancy v where ${where}
        order by ${orderOf('v', filter)} limit $${limit} offset $${offset}) p`,
    parameters,
    row: ROW,
    scan: true,
  });
  return { page, estimate: estimateStatement(`vacancy.estimate.${shape}`, 'vacancy v', where, parameters) };
}

export interface ListedVacancy {
  vacancy: Vacancy;
  counts: Counts;
}

/** A page with the counts for this reader, and how many match: exact up to 10,000, past it an estimate. One round trip. */
export async function listVacancies(
  sql: Sql,
  actor: Actor,
  filter: VacancyFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; vacancies: ListedVacancy[] }> {
  const { integration } = filter;
  const values = [
    actor.companyId,
    ...visibilityOf(actor),
    limit,
    offset,
    ...(integration ? [integration.partner] : []),
    ...(integration?.id === undefined ? [] : [integration.id]),
    ...timeValues(filter),
  ];
  const { page, estimate } = vacancyListStatements(filter);
  const [row] = await sql.run(page, values as never);
  return {
    total: await totalOf(sql, row!.total, estimate, values),
    vacancies: (row!.vacancies as (Row<typeof VACANCY> & { counts: Counts })[]).map((listed) => ({
      vacancy: vacancyOf({
        ...listed,
        created_at: isoMoment(listed.created_at),
        updated_at: isoMoment(listed.updated_at),
      }),
      counts: listed.counts,
    })),
  };
}
