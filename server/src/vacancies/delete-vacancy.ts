import { RECOMPOSE_TOPIC } from '../contacts/recompose-topic.ts';
import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { enqueue } from '../platform/jobs/outbox.ts';
import { requireHeldVacancy, type VacancyRef } from './address.ts';
import { removeVacancy } from './vacancy-store.ts';

/** Deletes a vacancy with its history; its contacts stay, and no longer name it within seconds. */
export const deleteVacancy = recordCommand('vacancies.delete', async (ctx, ref: VacancyRef, permit) => {
  const { companyId } = ctx.actor;
  const { vacancy } = await requireHeldVacancy(ctx, ref);
  permit(true);
  await Promise.all([
    removeVacancy(ctx.sql, companyId, vacancy.id),
    enqueue(ctx, companyId, RECOMPOSE_TOPIC, { ref: vacancy.id }),
    audit(ctx, 'vacancy.delete', { kind: 'vacancy', id: vacancy.id }),
  ]);
});
