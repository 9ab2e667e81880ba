import { presentPartners } from '../identity/integrations.ts';
import { type Ctx, command } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { pastMoment } from '../platform/past-moment.ts';
import { conflict } from '../platform/problem.ts';
import { parseMoment } from '../platform/time.ts';
import { trimmed } from '../platform/trimmed.ts';
import { uuidv7 } from '../platform/uuid.ts';
import { decidedStages, usualStages } from './stages.ts';
import { newHashId, requireBounded, type Vacancy, vacancyWire } from './vacancy.ts';
import { changedDetails } from './vacancy-details.ts';
import type { VacancyInput } from './vacancy-input.ts';
import { insertVacancy, storeKeys, storeStages, takenKeys } from './vacancy-store.ts';

/** A vacancy, with the usual stages where the input names none. 409 for an external id that another one has. */
export const createVacancy = command(
  'vacancies.write',
  async (ctx, input: VacancyInput & { title: string }) => {
    const { companyId, userId } = ctx.actor;
    const createdAt = pastMoment('createdAt', input.createdAt);
    const made = {
      id: uuidv7(),
      hashId: newHashId(),
      title: trimmed('title', input.title),
      details: changedDetails({ owner: userId }, input),
      integrations: presentPartners(input.integrations),
      stages: input.stages ? decidedStages([], input.stages) : usualStages(),
    };
    requireBounded(made);
    await requireFreeKeys(ctx, made);
    const updatedAt = input.updated_at ? parseMoment(input.updated_at) : undefined;
    const [vacancy] = await Promise.all([
      insertVacancy(ctx.sql, companyId, made, { createdAt, updatedAt }),
      storeKeys(ctx.sql, companyId, made),
      storeStages(ctx.sql, companyId, made.id, made.stages),
      audit(ctx, 'vacancy.create', { kind: 'vacancy', id: made.id }, Object.keys(input)),
    ]);
    return vacancyWire(companyId, vacancy, {});
  },
);

/** 409 for an id at a partner that is another vacancy's. */
export async function requireFreeKeys(
  ctx: Ctx,
  vacancy: Pick<Vacancy, 'id' | 'integrations'>,
): Promise<void> {
  const [taken] = await takenKeys(ctx.sql, ctx.actor.companyId, vacancy);
  if (taken) throw conflict(`integrations.${taken.partner}.id: is already the id of another vacancy`);
}
