import { recordCommand } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import { enqueue } from '../../platform/jobs/outbox.ts';
import { notFound } from '../../platform/problem.ts';
import { RECOMPOSE_TOPIC } from '../recompose-topic.ts';
import { lockCustomField, removeCustomField } from './custom-field-store.ts';
import { requireCustomField } from './read-custom-fields.ts';

/** Deletes a definition; a job takes its values from the contacts that have any. */
export const deleteCustomField = recordCommand(
  'settings.write',
  async (ctx, { customfieldid }: { customfieldid: string }, permit) => {
    const { companyId } = ctx.actor;
    const { id } = await requireCustomField(ctx, customfieldid);
    permit(true);
    if (!(await lockCustomField(ctx.sql, companyId, id))) throw notFound('custom field');
    await removeCustomField(ctx.sql, companyId, id);
    enqueue(ctx, companyId, RECOMPOSE_TOPIC, { ref: id });
    audit(ctx, 'contact-custom-field.delete', { kind: 'contact-custom-field', id });
  },
);
