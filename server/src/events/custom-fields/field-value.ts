import { MOMENT_ACCEPTED, parseMoment } from '../../platform/time.ts';
import type { EventField } from './field.ts';

/** By the field's type: text, a number, ISO 8601 UTC, a boolean, or ids of options. */
export type FieldValue = string | number | boolean | string[];

/** Why a value does not fit its field. */
export type Misfit = 'missing' | 'long' | 'number' | 'date' | 'option';

/** A value as a store keeps it, each in the column of its type. */
export interface ValueColumns {
  field_id: string;
  text_value: string | null;
  number_value: number | null;
  moment_value: string | null;
  boolean_value: boolean | null;
  choices: string[] | null;
}

export const LONGEST_VALUE = 10_000;
const NUMBER = /^[+-]?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?$/;

/**
 * The value that was given for a field: `value` undefined where none was. Numbers and booleans may come as text, and an
 * option by its id or its label.
 */
export function readValue(
  { type, options }: Pick<EventField, 'type' | 'options'>,
  given: readonly (string | number | boolean)[],
): { value: FieldValue | undefined } | { misfit: Misfit } {
  const said = given.filter((one) => one !== '');
  const [first] = said;
  if (first === undefined) return { value: undefined };
  if (type !== 'multiSelect' && said.length > 1) return { misfit: 'option' };
  switch (type) {
    case 'text':
      return String(first).length > LONGEST_VALUE ? { misfit: 'long' } : { value: String(first) };
    case 'number': {
      const number = typeof first === 'string' && NUMBER.test(first.trim()) ? Number(first) : first;
      return typeof number === 'number' && Number.isFinite(number) ? { value: number } : { misfit: 'number' };
    }
    case 'date': {
      const moment = typeof first === 'string' ? parseMoment(first.trim()) : undefined;
      return moment === undefined ? { misfit: 'date' } : { value: moment };
    }
    case 'boolean': {
      const known = ({ true: true, false: false } as Record<string, boolean>)[String(first)];
      return known === undefined ? { misfit: 'option' } : { value: known };
    }
    default: {
      const chosen = said.map((one) => optionOf(options, String(one)));
      return chosen.includes(undefined) ? { misfit: 'option' } : { value: [...new Set(chosen as string[])] };
    }
  }
}

function optionOf(options: EventField['options'], named: string): string | undefined {
  const wanted = named.toLowerCase();
  return (
    options.find(({ id }) => id.toLowerCase() === wanted) ??
    options.find(({ label }) => label.toLowerCase() === wanted)
  )?.id;
}

/** What would fit, for the message of a 400. */
export function expectedOf(field: EventField, misfit: Misfit): string {
  switch (misfit) {
    case 'missing':
      return `is required: ${field.name} is a required field`;
    case 'long':
      return `must be at most ${LONGEST_VALUE} characters long`;
    case 'number':
      return `must be a number: ${field.name} is a number field`;
    case 'date':
      return MOMENT_ACCEPTED;
    case 'option': {
      if (field.type === 'boolean') return 'must be true or false';
      const labels = field.options.slice(0, 20).map(({ label }) => label);
      const what =
        field.type === 'multiSelect' ? 'ids or labels of options' : 'the id or label of one option';
      return `must be ${what} of ${field.name}: ${labels.join(', ')}`;
    }
  }
}

export function columnsOf({ id, type }: Pick<EventField, 'id' | 'type'>, value: FieldValue): ValueColumns {
  const only = <T>(types: string[]) => (types.includes(type) ? (value as T) : null);
  return {
    field_id: id,
    text_value: only<string>(['text']),
    number_value: only<number>(['number']),
    moment_value: only<string>(['date']),
    boolean_value: only<boolean>(['boolean']),
    choices: only<string[]>(['singleSelect', 'multiSelect']),
  };
}

/** SQL over `v`, a row of values, for its value as JSON. */
export const VALUE_JSON = `coalesce(to_jsonb(v.text_value), to_jsonb(v.number_value), to_jsonb(v.moment_value),
  to_jsonb(v.boolean_value), to_jsonb(v.choices))`;

/** A value and its field as the API answers them: options by `optionIds`, everything else as text. */
export function valueWire(
  field: Pick<EventField, 'type'>,
  value: FieldValue,
): { optionIds: { id: string }[]; value?: string } {
  if (Array.isArray(value)) return { optionIds: value.map((id) => ({ id })) };
  return {
    optionIds: [],
    value: field.type === 'date' ? new Date(String(value)).toISOString() : String(value),
  };
}
