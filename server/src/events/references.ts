import { findUserIds } from '../contacts/reference-store.ts';
import { companyById } from '../identity/company-store.ts';
import type { Ctx } from '../identity/verbs.ts';
import { invalid } from '../platform/problem.ts';
import { isUuid } from '../platform/uuid.ts';
import { holdFields } from './custom-fields/field-store.ts';
import type { EventInput } from './event-input.ts';
import { decidedValues, missingValue, type Values } from './event-values.ts';

export interface References {
  /** The company's. */
  timezone: string;
  /** undefined where the input does not name them. */
  values: Values | undefined;
  /** The 400 for a required field without a value among them. */
  missing?: Error | undefined;
}

/**
 * What the input refers to, looked up and held. Throws a 400 that names the first thing that does not exist or fit. Take
 * it before the event: whoever deletes a user takes the user before its events. `complete`: what is missing is wanted
 * whether the input names any values or not.
 */
export async function resolveReferences(
  ctx: Ctx,
  input: EventInput,
  { complete }: { complete: boolean },
): Promise<References> {
  const { sql, actor } = ctx;
  const valued = complete || input.customFields !== undefined;
  const [{ timezone }, fields] = await Promise.all([
    companyById(sql, actor.companyId),
    valued ? holdFields(sql, actor.companyId) : undefined,
    requireOwner(ctx, input),
  ]);
  if (!fields) return { timezone, values: undefined };
  const given = input.customFields ?? [];
  const values = decidedValues(fields, given);
  return { timezone, values, missing: missingValue(fields, given, values) };
}

async function requireOwner({ sql, actor }: Ctx, { owner }: EventInput): Promise<void> {
  const id = owner?.id;
  if (id === undefined || id === null) return;
  const known = isUuid(id) && (await findUserIds(sql, actor.companyId, [id])).size > 0;
  if (!known) throw invalid('owner.id', 'must be the id of a user');
}
