import type { Role } from '../../identity/permissions.ts';
import { command } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import { conflict } from '../../platform/problem.ts';
import { trimmed } from '../../platform/trimmed.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { customFieldWire, decidedOptions, type FieldType } from './custom-field.ts';
import { customFieldIdOfName, insertCustomField } from './custom-field-store.ts';

export interface CustomFieldInput {
  name: string;
  displayName?: string | null;
  type: FieldType;
  options?: { id?: string; label: string }[];
  visibleTo?: Role[];
}

/** A field that contacts can carry from now on. 409 for a name that is taken, whatever its case. */
export const createCustomField = command('settings.write', async (ctx, input: CustomFieldInput) => {
  const { companyId } = ctx.actor;
  const name = trimmed('name', input.name);
  const id = uuidv7();
  const field = {
    id,
    name,
    display_name: input.displayName?.trim() || name,
    type: input.type,
    options: decidedOptions(input.type, input.options ?? []),
    visible_to: input.visibleTo ?? [],
  };
  if (await customFieldIdOfName(ctx.sql, companyId, name)) throw customFieldNameTaken();
  const made = await insertCustomField(ctx.sql, companyId, field);
  audit(ctx, 'contact-custom-field.create', { kind: 'contact-custom-field', id }, Object.keys(input));
  return customFieldWire(made);
});

export function customFieldNameTaken(): Error {
  return conflict('name: is already the name of a custom field');
}
