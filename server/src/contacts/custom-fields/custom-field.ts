import type { Actor } from '../../identity/actor.ts';
import { invalid } from '../../platform/problem.ts';
import { trimmed } from '../../platform/trimmed.ts';
import { uuidv7 } from '../../platform/uuid.ts';

export const FIELD_TYPES = ['text', 'number', 'date', 'boolean', 'singleSelect', 'multiSelect'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export interface FieldOption {
  id: string;
  label: string;
}

/** A field's definition as a store's row. */
export interface CustomFieldRow {
  id: string;
  name: string;
  display_name: string;
  type: string;
  options: unknown;
  visible_to: string[];
  created_at: string;
}

/** The definition as /v1 answers it. */
export function customFieldWire(row: CustomFieldRow) {
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    type: row.type as FieldType,
    options: optionsOf(row),
    visibleTo: row.visible_to,
    createdAt: row.created_at,
  };
}

export function optionsOf(row: Pick<CustomFieldRow, 'options'>): FieldOption[] {
  return row.options as FieldOption[];
}

/** Whether the actor sees a field that is visible to these roles: none = everyone; super admins see every field. */
export function seesCustomField(actor: Actor, visibleTo: readonly string[]): boolean {
  return (
    actor.rights.everything || visibleTo.length === 0 || visibleTo.some((role) => actor.roles.includes(role))
  );
}

/**
 * The options that a request's list leads to. One without an id is the current one of that label, or a new one.
 * Throws a 400 where the type takes no options or none are left, and where two have one id or one label.
 */
export function decidedOptions(
  type: string,
  given: readonly { id?: string; label: string }[],
  current: readonly FieldOption[] = [],
): FieldOption[] {
  if (!takesOptions(type)) {
    if (given.length > 0) throw invalid('options', 'must be empty for a field that is no select');
    return [];
  }
  if (given.length === 0) throw invalid('options', 'must have at least 1 entry for a select');
  const byId = new Map(current.map((option) => [key(option.id), option]));
  const byLabel = new Map(current.map((option) => [key(option.label), option]));
  const named = new Set(given.flatMap(({ id }) => (id === undefined ? [] : [key(id)])));
  const decided = given.map(({ id, label: written }, index) => {
    const label = trimmed(`options[${index}].label`, written);
    if (id !== undefined) return { id: byId.get(key(id))?.id ?? id, label };
    const known = byLabel.get(key(label));
    return { id: known && !named.has(key(known.id)) ? known.id : uuidv7(), label };
  });
  requireDistinct(decided, 'id');
  requireDistinct(decided, 'label');
  return decided;
}

function requireDistinct(options: FieldOption[], property: keyof FieldOption): void {
  const seen = new Set<string>();
  options.forEach((option, index) => {
    const own = key(option[property]);
    if (seen.has(own)) {
      throw invalid(`options[${index}].${property}`, `must not be the ${property} of another option`);
    }
    seen.add(own);
  });
}

function takesOptions(type: string): boolean {
  return type === 'singleSelect' || type === 'multiSelect';
}

/** Ids and labels are compared without regard to case. */
function key(text: string): string {
  return text.toLowerCase();
}
