import { command } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import { conflict } from '../../platform/problem.ts';
import { trimmed } from '../../platform/trimmed.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { decidedSteps, type PoolTypeInput } from './pool-type.ts';
import { insertPoolType, poolTypeIdOfName } from './pool-type-store.ts';
import { requirePoolType } from './read-pool-types.ts';

/** A kind of pool with its steps. 409 for a name that is taken, whatever its case. */
export const createPoolType = command('settings.write', async (ctx, input: PoolTypeInput) => {
  const { companyId } = ctx.actor;
  const type = {
    id: uuidv7(),
    name: trimmed('name', input.name),
    description: input.description || null,
    sequential: input.steps?.sequential ?? false,
    steps: decidedSteps(input.steps?.values ?? []),
  };
  if (await poolTypeIdOfName(ctx.sql, companyId, type.name)) throw poolTypeNameTaken();
  await Promise.all([
    insertPoolType(ctx.sql, companyId, type),
    audit(ctx, 'pool-type.create', { kind: 'pool-type', id: type.id }, Object.keys(input)),
  ]);
  return requirePoolType(ctx, type.id);
});

export function poolTypeNameTaken(): Error {
  return conflict('name: is already the name of a pool type');
}
