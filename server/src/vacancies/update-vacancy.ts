import { RECOMPOSE_TOPIC } from '../contacts/recompose-topic.ts';
import { presentPartners } from '../identity/integrations.ts';
import { type Ctx, recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { enqueue } from '../platform/jobs/outbox.ts';
import { conflict, invalid } from '../platform/problem.ts';
import { parseMoment } from '../platform/time.ts';
import { trimmed } from '../platform/trimmed.ts';
import { requireHeldVacancy, type VacancyRef } from './address.ts';
import { requireFreeKeys } from './create-vacancy.ts';
import { decidedStages } from './stages.ts';
import { requireBounded, type Vacancy, vacancyWire } from './vacancy.ts';
import { changedDetails } from './vacancy-details.ts';
import type { VacancyInput } from './vacancy-input.ts';
import { stagesWithContacts, storeKeys, storeStages, updateVacancyRow } from './vacancy-store.ts';

/**
 * Replaces what the change names; null clears. Its updated_at must be later than the stored one (400, which shows that
 * one). A stage that holds contacts stays (409). Contacts that spell out a renamed title or stage follow by a job.
 */
export const updateVacancy = recordCommand(
  'vacancies.write',
  async (
    ctx,
    { ref, change }: { ref: VacancyRef; change: VacancyInput & { updated_at: string } },
    permit,
  ) => {
    const { companyId } = ctx.actor;
    const { vacancy: before, counts } = await requireHeldVacancy(ctx, ref);
    permit(true);
    const after: Vacancy = {
      ...before,
      title: change.title === undefined ? before.title : trimmed('title', change.title),
      updatedAt: parseMoment(change.updated_at)!,
      details: changedDetails(before.details, change),
      integrations:
        change.integrations === undefined ? before.integrations : presentPartners(change.integrations),
      stages: change.stages === undefined ? before.stages : decidedStages(before.stages, change.stages ?? []),
    };
    requireBounded(after);
    if (!(await updateVacancyRow(ctx.sql, companyId, after))) throw notLater(before);
    await Promise.all([requireFreeKeys(ctx, after), requireStagesInUse(ctx, before, after)]);
    await Promise.all([
      storeKeys(ctx.sql, companyId, after),
      storeStages(ctx.sql, companyId, after.id, after.stages),
      spelling(before) === spelling(after)
        ? undefined
        : enqueue(ctx, companyId, RECOMPOSE_TOPIC, { ref: after.id }),
      audit(ctx, 'vacancy.update', { kind: 'vacancy', id: after.id }, Object.keys(change)),
    ]);
    return vacancyWire(companyId, after, counts);
  },
);

function notLater({ updatedAt }: Vacancy): Error {
  return invalid('updated_at', `must be later than ${updatedAt}, which is stored`);
}

async function requireStagesInUse(ctx: Ctx, before: Vacancy, after: Vacancy): Promise<void> {
  const gone = before.stages.filter((stage) => !after.stages.some(({ id }) => id === stage.id));
  if (gone.length === 0) return;
  const inUse = await stagesWithContacts(ctx.sql, ctx.actor.companyId, before.id);
  const missed = gone.find(({ id }) => inUse.has(id));
  if (missed) {
    throw conflict(
      `stages: the stage ${missed.id} (${missed.value}) holds contacts; move them before it is removed`,
    );
  }
}

/** What contacts spell out of a vacancy. */
function spelling({ title, stages }: Vacancy): string {
  return JSON.stringify([title, stages.map(({ id, value }) => [id, value]).toSorted()]);
}
