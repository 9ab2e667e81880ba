import { requirePartner } from '../identity/integrations.ts';
import { allows } from '../identity/permissions.ts';
import type { Ctx } from '../identity/verbs.ts';
import { notFound } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Counts, Vacancy } from './vacancy.ts';
import { findVacancy, lockVacancy, type VacancyAddress } from './vacancy-lookup-store.ts';

/** How a request names a vacancy: by its hash_id or id, or by its id at a partner. */
export type VacancyRef = { vacancyid: string } | { partnername: string; externalid: string };

/** Throws a 400 for an unknown partner. */
export function addressOf(ref: VacancyRef): VacancyAddress {
  if ('partnername' in ref) return { by: 'key', values: [requirePartner(ref.partnername), ref.externalid] };
  return { by: isUuid(ref.vacancyid) ? 'id' : 'hash', values: [ref.vacancyid] };
}

/** The vacancy with its counts for the actor; a 404 where there is none, or where its roles see none. */
export async function requireVacancy(
  ctx: Ctx,
  ref: VacancyRef,
): Promise<{ vacancy: Vacancy; counts: Counts }> {
  const address = addressOf(ref);
  const found = allows(ctx.actor.rights, 'vacancies.read')
    ? await findVacancy(ctx.sql, ctx.actor, address)
    : undefined;
  if (!found) throw notFound('vacancy');
  return found;
}

/** The same, held until the transaction ends. */
export async function requireHeldVacancy(
  ctx: Ctx,
  ref: VacancyRef,
): Promise<{ vacancy: Vacancy; counts: Counts }> {
  const address = addressOf(ref);
  if (!allows(ctx.actor.rights, 'vacancies.read')) throw notFound('vacancy');
  const [id, found] = await Promise.all([
    lockVacancy(ctx.sql, ctx.actor.companyId, address),
    findVacancy(ctx.sql, ctx.actor, address),
  ]);
  // An id at a partner may have come to another vacancy while its lock was waited for.
  if (!found || found.vacancy.id !== id) throw notFound('vacancy');
  return found;
}
