import { recordCommand } from '../identity/verbs.ts';
import { audit } from '../platform/audit/audit.ts';
import { conflict, invalid } from '../platform/problem.ts';
import { requireMember } from './find-member.ts';
import { stepOf } from './pool-types/pool-type.ts';
import { stepWire } from './step.ts';
import { findStanding, findSteps, storeStep } from './step-store.ts';

/** Moves a contact to a step of the pool; in a sequential type no step may be skipped (409). */
export const moveToStep = recordCommand(
  'pools.write',
  async (ctx, { id, ...ref }: { poolid: string; contactid: string; id: string }, permit) => {
    const { companyId } = ctx.actor;
    const { pool, contact } = await requireMember(ctx, ref);
    permit(true);
    const [type, standing] = await Promise.all([
      findSteps(ctx.sql, companyId, pool.id),
      findStanding(ctx.sql, companyId, pool.id, contact.id),
    ]);
    if (!type) throw invalid('id', 'must be the id of a step; this pool has none');
    const { steps, sequential, typeId } = type;
    const step = stepOf(steps, id);
    if (!step) throw invalid('id', "must be the id of a step of the pool's type; GET /v1/pool/{id} shows it");
    const from = steps.findIndex((one) => one.id === standing?.step_id);
    if (steps[from] === step) return stepWire(step.id, step.name, standing!.step_at!);
    const next = steps[from + 1];
    if (sequential && next && steps.indexOf(step) > from + 1) {
      throw conflict(`no step may be skipped: the next one is "${next.name}", with the id ${next.id}`);
    }
    const [at] = await Promise.all([
      storeStep(ctx.sql, companyId, { poolId: pool.id, contactId: contact.id }, { typeId, stepId: step.id }),
      audit(ctx, 'pool.step', { kind: 'contact', id: contact.id }, ['step']),
    ]);
    return stepWire(step.id, step.name, at);
  },
);
