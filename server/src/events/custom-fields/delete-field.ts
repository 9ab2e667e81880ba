import { recordCommand } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import { fieldWire } from './field.ts';
import { lockField } from './field-store.ts';
import { removeField } from './field-write-store.ts';
import { fieldNotFound, requireField } from './read-fields.ts';

/** Deletes a definition with all that events and attendees said to it, and answers it as it was. */
export const deleteEventField = recordCommand(
  'eventSettings.write',
  async (ctx, { customFieldId }: { customFieldId: string }, permit) => {
    const { companyId } = ctx.actor;
    const { id } = await requireField(ctx, customFieldId);
    permit(true);
    const field = await lockField(ctx.sql, companyId, id);
    if (!field) throw fieldNotFound();
    await Promise.all([
      removeField(ctx.sql, companyId, id),
      audit(ctx, 'event-custom-field.delete', { kind: 'event-custom-field', id }),
    ]);
    return fieldWire(field);
  },
);
