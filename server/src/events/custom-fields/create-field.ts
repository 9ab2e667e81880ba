import { decidedOptions, type FieldType } from '../../contacts/custom-fields/custom-field.ts';
import { type Ctx, command } from '../../identity/verbs.ts';
import { audit } from '../../platform/audit/audit.ts';
import { conflict } from '../../platform/problem.ts';
import { trimmed } from '../../platform/trimmed.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { fieldWire } from './field.ts';
import { listQuestions } from './field-store.ts';
import { countFields, insertField } from './field-write-store.ts';

/** Of one company. */
const MOST_FIELDS = 500;
/** Of the registration page. */
const MOST_QUESTIONS = 50;

/** In all but the name and the type, null is as if left out. */
export interface FieldInput {
  name: string;
  type: FieldType;
  options?: { id?: string; label: string }[] | null;
  required?: boolean | null;
  askedAtRegistration?: boolean | null;
}

/** A field that events can carry from now on. 409 for a name that is taken, whatever its case, and past the most. */
export const createEventField = command('eventSettings.write', async (ctx, input: FieldInput) => {
  const { companyId, userId } = ctx.actor;
  const field = {
    id: uuidv7(),
    name: trimmed('name', input.name),
    type: input.type,
    options: decidedOptions(input.type, input.options ?? []),
    required: input.required ?? false,
    asked: input.askedAtRegistration ?? false,
  };
  const { total, namesakes } = await countFields(ctx.sql, companyId, field.name);
  if (namesakes > 0) throw fieldNameTaken();
  if (total >= MOST_FIELDS) {
    throw conflict(`events have ${MOST_FIELDS} custom fields, the most there may be; delete one first`);
  }
  if (field.asked) await requireRoomToAsk(ctx);
  const [made] = await Promise.all([
    insertField(ctx.sql, companyId, field, userId),
    audit(ctx, 'event-custom-field.create', { kind: 'event-custom-field', id: field.id }, Object.keys(input)),
  ]);
  return fieldWire(made);
});

/** 409 where the registration page asks as much as it may. */
export async function requireRoomToAsk({ sql, actor }: Ctx): Promise<void> {
  if ((await listQuestions(sql, actor.companyId)).length < MOST_QUESTIONS) return;
  throw conflict(`askedAtRegistration: ${MOST_QUESTIONS} fields are asked already, the most there may be`);
}

export function fieldNameTaken(): Error {
  return conflict('name: is already the name of a custom field');
}
