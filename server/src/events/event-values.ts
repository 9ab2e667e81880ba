import { invalid } from '../platform/problem.ts';
import type { EventField } from './custom-fields/field.ts';
import { expectedOf, type FieldValue, readValue } from './custom-fields/field-value.ts';
import type { ValueInput } from './event-input.ts';

/** The values of an event, each with the definition of its field. */
export type Values = { field: EventField; value: FieldValue }[];

/**
 * The values that an event has after `given`, which replaces them whole. Throws a 400 that names the field: for one that
 * does not exist, and a value that does not fit.
 */
export function decidedValues(fields: readonly EventField[], given: readonly ValueInput[]): Values {
  const known = new Map(fields.map((field) => [field.id, field]));
  const decided = new Map<string, Values[number]>();
  given.forEach((input, index) => {
    const path = `customFields[${index}]`;
    const field = known.get(input.id.toLowerCase());
    if (!field) throw invalid(`${path}.id`, 'must be the id of a custom field of events');
    if (decided.has(field.id)) throw invalid(`${path}.id`, 'must not name a field twice');
    if (!isSelect(field) && input.optionIds?.length) {
      throw invalid(`${path}.optionIds`, `must be empty: ${field.name} is no select`);
    }
    const read = readValue(field, said(input));
    if ('misfit' in read) throw invalid(`${path}.${partOf(input)}`, expectedOf(field, read.misfit));
    if (read.value !== undefined) decided.set(field.id, { field, value: read.value });
  });
  return [...decided.values()];
}

/**
 * The 400 for a required field that `given` leaves without a value, if there is one. What is asked at registration is
 * required of the visitors instead.
 */
export function missingValue(
  fields: readonly EventField[],
  given: readonly ValueInput[],
  decided: Values,
): Error | undefined {
  const there = new Set(decided.map(({ field }) => field.id));
  const missing = fields.find(({ id, required, asked }) => required && !asked && !there.has(id));
  if (!missing) return undefined;
  const index = given.findIndex(({ id }) => id.toLowerCase() === missing.id);
  const path = index === -1 ? `customFields.${missing.id}` : `customFields[${index}]`;
  return invalid(path, expectedOf(missing, 'missing'));
}

function said({ value, optionIds }: ValueInput): (string | number | boolean)[] {
  if (optionIds?.length) return optionIds.map(({ id }) => id);
  return value === undefined || value === null ? [] : [value];
}

function partOf({ optionIds }: ValueInput): string {
  return optionIds?.length ? 'optionIds' : 'value';
}

function isSelect({ type }: EventField): boolean {
  return type === 'singleSelect' || type === 'multiSelect';
}
