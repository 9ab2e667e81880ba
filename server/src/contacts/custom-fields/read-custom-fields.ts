import { type Ctx, query } from '../../identity/verbs.ts';
import { notFound } from '../../platform/problem.ts';
import { isUuid } from '../../platform/uuid.ts';
import { type CustomFieldRow, customFieldWire, seesCustomField } from './custom-field.ts';
import { findCustomField, listCustomFields } from './custom-field-store.ts';

export const readCustomField = query('signed-in', async (ctx, { customfieldid }: { customfieldid: string }) =>
  customFieldWire(await requireCustomField(ctx, customfieldid)),
);

/** A page of the definitions that the actor's roles see, oldest first. */
export const readCustomFields = query('signed-in', async (ctx, page: { limit: number; offset: number }) => {
  const roles = ctx.actor.rights.everything ? null : ctx.actor.roles;
  const { fields, totalCount } = await listCustomFields(ctx.sql, ctx.actor.companyId, { roles, ...page });
  return { customFields: fields.map(customFieldWire), totalCount };
});

/** The definition a request names; a 404 for one that is not there or that the actor's roles do not see. */
export async function requireCustomField(ctx: Ctx, id: string): Promise<CustomFieldRow> {
  const field = isUuid(id) ? await findCustomField(ctx.sql, ctx.actor.companyId, id) : undefined;
  if (!field || !seesCustomField(ctx.actor, field.visible_to)) throw notFound('custom field');
  return field;
}
