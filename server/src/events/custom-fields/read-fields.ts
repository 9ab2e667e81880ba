import { type Ctx, query } from '../../identity/verbs.ts';
import { notFound } from '../../platform/problem.ts';
import { isUuid } from '../../platform/uuid.ts';
import { type EventField, fieldWire } from './field.ts';
import { findField, listFields } from './field-store.ts';

export const readEventField = query('signed-in', async (ctx, { customFieldId }: { customFieldId: string }) =>
  fieldWire(await requireField(ctx, customFieldId)),
);

/** All of them, oldest first. */
export const readEventFields = query('signed-in', async (ctx) => {
  const fields = await listFields(ctx.sql, ctx.actor.companyId);
  return { customFields: fields.map(fieldWire), total: fields.length };
});

/** The definition a request names; a 404 for one that is not there. */
export async function requireField(ctx: Ctx, id: string): Promise<EventField> {
  const field = isUuid(id) ? await findField(ctx.sql, ctx.actor.companyId, id) : undefined;
  if (!field) throw fieldNotFound();
  return field;
}

export function fieldNotFound(): Error {
  return notFound('custom field');
}
