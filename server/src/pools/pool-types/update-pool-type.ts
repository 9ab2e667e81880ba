import { isDeepStrictEqual } from 'node:util';
import { recordCommand } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Sql } from '../../platform/db/statement.ts';
import { conflict, notFound } from '../../platform/problem.ts';
import { trimmed } from '../../platform/trimmed.ts';
import { poolTypeNameTaken } from './create-pool-type.ts';
import { decidedSteps, type PoolTypeInput, type PoolTypeRow, type Step } from './pool-type.ts';
import {
  firstStepInUse,
  lockPoolType,
  type PoolTypeState,
  poolTypeIdOfName,
  storePoolType,
} from './pool-type-store.ts';
import { requirePoolType } from './read-pool-types.ts';

/** Changes what the input names; `steps.values` replaces them all, and a step at which a contact stands stays (409). */
export const updatePoolType = recordCommand(
  'settings.write',
  async (ctx, { pooltypeid, change }: { pooltypeid: string; change: Partial<PoolTypeInput> }, permit) => {
    const { companyId } = ctx.actor;
    const { id } = await requirePoolType(ctx, pooltypeid);
    permit(true);
    const row = await lockPoolType(ctx.sql, companyId, id);
    if (!row) throw notFound('pool type');
    const before = stateOf(row);
    const after = changed(before, change);
    if (!isDeepStrictEqual(before, after)) {
      const holder = await poolTypeIdOfName(ctx.sql, companyId, after.name);
      if (holder !== undefined && holder !== id) throw poolTypeNameTaken();
      await requireUnused(ctx.sql, companyId, before, after.steps);
      await Promise.all([
        storePoolType(ctx.sql, companyId, after),
        audit(ctx, 'pool-type.update', { kind: 'pool-type', id }, Object.keys(change)),
      ]);
    }
    return requirePoolType(ctx, id);
  },
);

function stateOf(row: PoolTypeRow): PoolTypeState {
  return {
    id: row.type_id,
    name: row.type_name,
    description: row.type_description,
    sequential: row.type_sequential,
    steps: row.type_steps as Step[],
  };
}

function changed(before: PoolTypeState, { name, description, steps }: Partial<PoolTypeInput>): PoolTypeState {
  return {
    id: before.id,
    name: name === undefined ? before.name : trimmed('name', name),
    description: description === undefined ? before.description : description || null,
    sequential: steps?.sequential ?? before.sequential,
    steps: steps?.values === undefined ? before.steps : decidedSteps(steps.values, before.steps),
  };
}

async function requireUnused(
  sql: Sql,
  companyId: number,
  before: PoolTypeState,
  stay: Step[],
): Promise<void> {
  const removed = before.steps.filter(({ id }) => !stay.some((step) => step.id === id));
  if (removed.length === 0) return;
  const used = await firstStepInUse(
    sql,
    companyId,
    before.id,
    removed.map(({ id }) => id),
  );
  const step = removed.find(({ id }) => id === used);
  if (step) throw conflict(`steps.values: contacts stand at "${step.name}", which must stay`);
}
