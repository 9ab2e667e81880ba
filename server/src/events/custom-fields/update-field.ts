import { isDeepStrictEqual } from 'node:util';
import { decidedOptions } from '../../contacts/custom-fields/custom-field.ts';
import { recordCommand } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import { conflict, invalid } from '../../platform/problem.ts';
import { trimmed } from '../../platform/trimmed.ts';
import { type FieldInput, fieldNameTaken, requireRoomToAsk } from './create-field.ts';
import { type EventField, fieldWire } from './field.ts';
import { lockField } from './field-store.ts';
import { chosenOptions, fieldIdOfName, storeField } from './field-write-store.ts';
import { fieldNotFound, requireField } from './read-fields.ts';

/**
 * Changes what the input names; `options` are replaced whole. The type never changes (400); an option that an event
 * or an attendee has chosen stays (409). A change that changes nothing leaves no trace.
 */
export const updateEventField = recordCommand(
  'eventSettings.write',
  async (ctx, { customFieldId, change }: { customFieldId: string; change: Partial<FieldInput> }, permit) => {
    const { companyId, userId } = ctx.actor;
    const { id } = await requireField(ctx, customFieldId);
    permit(true);
    const name = change.name === undefined ? undefined : trimmed('name', change.name);
    // What is in use is read behind the lock: from then on nothing more is chosen.
    const [before, holder, inUse] = await Promise.all([
      lockField(ctx.sql, companyId, id),
      name === undefined ? undefined : fieldIdOfName(ctx.sql, companyId, name),
      change.options ? chosenOptions(ctx.sql, companyId, id) : undefined,
    ]);
    if (!before) throw fieldNotFound();
    const after = changed(before, { ...change, name: name ?? before.name });
    if (isDeepStrictEqual(before, after)) return fieldWire(before);
    if (holder !== undefined && holder !== id) throw fieldNameTaken();
    if (inUse) requireUnused(before, after, inUse);
    if (after.asked && !before.asked) await requireRoomToAsk(ctx);
    const [stored] = await Promise.all([
      storeField(ctx.sql, companyId, after, userId),
      audit(ctx, 'event-custom-field.update', { kind: 'event-custom-field', id }, Object.keys(change)),
    ]);
    return fieldWire(stored);
  },
);

function changed(before: EventField, change: Partial<FieldInput> & { name: string }): EventField {
  if (change.type !== undefined && change.type !== before.type) {
    throw invalid('type', `must stay ${before.type}: the type of a field never changes`);
  }
  return {
    ...before,
    name: change.name,
    options: change.options ? decidedOptions(before.type, change.options, before.options) : before.options,
    required: change.required ?? before.required,
    asked: change.askedAtRegistration ?? before.asked,
  };
}

function requireUnused(before: EventField, after: EventField, inUse: ReadonlySet<string>): void {
  const kept = new Set(after.options.map(({ id }) => id));
  const option = before.options.find(({ id }) => inUse.has(id) && !kept.has(id));
  if (option) {
    throw conflict(`options: "${option.label}" is in use by events or their attendees and must stay`);
  }
}
