import { recordCommand } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import type { Sql } from '../../platform/db/statement.ts';
import { enqueue } from '../../platform/jobs/outbox.ts';
import { conflict, invalid, notFound } from '../../platform/problem.ts';
import { trimmed } from '../../platform/trimmed.ts';
import { RECOMPOSE_TOPIC } from '../recompose-topic.ts';
import { type CustomFieldInput, customFieldNameTaken } from './create-custom-field.ts';
import { type CustomFieldRow, customFieldWire, decidedOptions, optionsOf } from './custom-field.ts';
import {
  customFieldIdOfName,
  firstOptionInUse,
  lockCustomField,
  updateCustomField as store,
} from './custom-field-store.ts';
import { requireCustomField } from './read-custom-fields.ts';

/**
 * Changes what the input names; `options` and `visibleTo` are replaced whole. The type never changes (400); an
 * option that a contact has chosen stays (409). The contacts that carry the field are composed anew by a job.
 */
export const updateCustomField = recordCommand(
  'settings.write',
  async (
    ctx,
    { customfieldid, change }: { customfieldid: string; change: Partial<CustomFieldInput> },
    permit,
  ) => {
    const { companyId } = ctx.actor;
    const { id } = await requireCustomField(ctx, customfieldid);
    permit(true);
    const before = await lockCustomField(ctx.sql, companyId, id);
    if (!before) throw notFound('custom field');
    const after = changedField(before, change);
    const holder = await customFieldIdOfName(ctx.sql, companyId, after.name);
    if (holder !== undefined && holder !== id) throw customFieldNameTaken();
    await requireUnused(ctx.sql, companyId, before, after);
    await store(ctx.sql, companyId, after);
    enqueue(ctx, companyId, RECOMPOSE_TOPIC, { ref: id });
    audit(ctx, 'contact-custom-field.update', { kind: 'contact-custom-field', id }, Object.keys(change));
    return customFieldWire(after);
  },
);

function changedField(before: CustomFieldRow, change: Partial<CustomFieldInput>): CustomFieldRow {
  if (change.type !== undefined && change.type !== before.type) {
    throw invalid('type', `must stay ${before.type}: the type of a field never changes`);
  }
  const name = change.name === undefined ? before.name : trimmed('name', change.name);
  return {
    ...before,
    name,
    display_name: change.displayName === undefined ? before.display_name : change.displayName?.trim() || name,
    options:
      change.options === undefined
        ? before.options
        : decidedOptions(before.type, change.options, optionsOf(before)),
    visible_to: change.visibleTo ?? before.visible_to,
  };
}

async function requireUnused(
  sql: Sql,
  companyId: number,
  before: CustomFieldRow,
  after: CustomFieldRow,
): Promise<void> {
  const kept = new Set(optionsOf(after).map(({ id }) => id));
  const removed = optionsOf(before).filter(({ id }) => !kept.has(id));
  if (removed.length === 0) return;
  const ids = removed.map(({ id }) => id);
  const used = await firstOptionInUse(sql, companyId, before.id, ids);
  const option = removed.find(({ id }) => id === used);
  if (option) throw conflict(`options: "${option.label}" is in use by contacts and must stay`);
}
