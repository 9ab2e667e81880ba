import { query } from '../identity/verbs.ts';
import { requireVacancy, type VacancyRef } from './address.ts';
import { vacancyWire } from './vacancy.ts';

/** A vacancy with its counts; to roles that read no vacancies it does not exist. One round trip. */
export const readVacancy = query('signed-in', async (ctx, ref: VacancyRef) => {
  const { vacancy, counts } = await requireVacancy(ctx, ref);
  return vacancyWire(ctx.actor.companyId, vacancy, counts);
});
