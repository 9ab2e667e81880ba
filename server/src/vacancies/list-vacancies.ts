import { requirePartner } from '../identity/integrations.ts';
import { query } from '../identity/verbs.ts';
import { type ListRequest, listFilter } from '../platform/list-request.ts';
import { invalid } from '../platform/problem.ts';
import { vacancyWire } from './vacancy.ts';
import { listVacancies as list } from './vacancy-list-store.ts';

export interface VacanciesRequest extends ListRequest {
  integration_name?: string;
  integration_id?: string;
}

/** A page of vacancies with their counts (docs/wire-rulings.md section 5); one round trip. */
export const listVacancies = query('vacancies.read', async (ctx, request: VacanciesRequest) => {
  const filter = {
    ...listFilter(request, 'createdAt of the last vacancy'),
    integration: integrationOf(request),
  };
  const { total, vacancies } = await list(ctx.sql, ctx.actor, filter, request);
  return {
    totalCount: total,
    vacancies: vacancies.map(({ vacancy, counts }) => vacancyWire(ctx.actor.companyId, vacancy, counts)),
  };
});

function integrationOf({ integration_name, integration_id }: VacanciesRequest) {
  if (integration_name === undefined) {
    if (integration_id !== undefined) throw invalid('integration_name', 'is required with integration_id');
    return undefined;
  }
  return { partner: requirePartner(integration_name, 'integration_name'), id: integration_id };
}
