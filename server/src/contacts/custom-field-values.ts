import { invalid } from '../platform/problem.ts';
import { MOMENT_ACCEPTED, parseMoment } from '../platform/time.ts';
import type { CustomFieldEntry, CustomFieldValue } from './contact.ts';

/** A custom field as the company defined it. */
export interface CustomFieldDefinition {
  id: string;
  name: string;
  displayName: string;
  type: 'text' | 'number' | 'date' | 'boolean' | 'singleSelect' | 'multiSelect';
  options: { id: string; label: string }[];
  visibleTo: string[];
}

export interface CustomFieldInput {
  id: string;
  value?: CustomFieldValue | null;
  values?: string[] | null;
}

/**
 * The entry to keep for a value, or undefined where it is cleared. Throws a 400 at `path` for a value that does not
 * fit. Numbers and booleans may come as JSON or as text, and stay what they came as; an option may be named by its
 * id or its label, and is kept by its id.
 */
export function customFieldEntry(
  definition: CustomFieldDefinition,
  input: CustomFieldInput,
  path: string,
): CustomFieldEntry | undefined {
  if (definition.type === 'multiSelect') {
    const given =
      input.values ?? (input.value === undefined || input.value === null ? null : [String(input.value)]);
    if (given === null || given.length === 0) return undefined;
    const chosen = given.map((one, index) => optionOf(definition, one, `${path}.values[${index}]`).id);
    return shown(definition, { values: [...new Set(chosen)] });
  }
  if (input.value === undefined || input.value === null) {
    if (input.values && input.values.length > 0)
      throw invalid(`${path}.values`, `${definition.name} takes one value`);
    return undefined;
  }
  return shown(definition, { value: checked(definition, input.value, `${path}.value`) });
}

/** An entry as it reads under today's definition; undefined where its option is gone. */
export function refreshedEntry(
  definition: CustomFieldDefinition,
  entry: CustomFieldEntry,
): CustomFieldEntry | undefined {
  const known = (id: unknown) => definition.options.some((option) => option.id === id);
  if (definition.type === 'multiSelect') {
    const values = (entry.values ?? []).filter(known);
    return values.length > 0 ? shown(definition, { values }) : undefined;
  }
  if (definition.type === 'singleSelect' && !known(entry.value)) return undefined;
  return shown(definition, { value: entry.value! });
}

function checked(definition: CustomFieldDefinition, value: CustomFieldValue, path: string): CustomFieldValue {
  switch (definition.type) {
    case 'number': {
      const isNumber =
        typeof value === 'number' || (typeof value === 'string' && /^[+-]?\d+(\.\d+)?$/.test(value));
      if (!isNumber) throw invalid(path, `must be a number: ${definition.name} is a number field`);
      return value;
    }
    case 'boolean':
      if (!['true', 'false'].includes(String(value))) throw invalid(path, 'must be true or false');
      return value;
    case 'date': {
      const moment = typeof value === 'string' ? parseMoment(value) : undefined;
      if (!moment) throw invalid(path, MOMENT_ACCEPTED);
      return moment;
    }
    case 'singleSelect':
      return optionOf(definition, value, path).id;
    default:
      if (typeof value !== 'string')
        throw invalid(path, `must be a string: ${definition.name} is a text field`);
      return value;
  }
}

function optionOf(definition: CustomFieldDefinition, value: CustomFieldValue, path: string) {
  const wanted = String(value).toLowerCase();
  const option =
    definition.options.find((one) => one.id.toLowerCase() === wanted) ??
    definition.options.find((one) => one.label.toLowerCase() === wanted);
  if (option) return option;
  const labels = definition.options.slice(0, 20).map((one) => one.label);
  throw invalid(path, `must be the id or label of an option of ${definition.name}: ${labels.join(', ')}`);
}

function shown(
  { id, name, displayName, type, options, visibleTo }: CustomFieldDefinition,
  content: { value: CustomFieldValue } | { values: string[] },
): CustomFieldEntry {
  const label = (optionId: unknown) => options.find((option) => option.id === optionId)?.label ?? '';
  const display =
    'values' in content
      ? content.values.map(label).join(', ')
      : type === 'singleSelect'
        ? label(content.value)
        : type === 'date'
          ? String(content.value).replace(/T00:00:00\.000Z$/, '')
          : String(content.value);
  return { id, name, displayName, displayValue: display, ...content, visibleTo };
}
