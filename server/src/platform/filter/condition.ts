import type { Field } from './fields.ts';

const COMPARISONS = ['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE'] as const;
const LISTS = ['ANY', 'ALL'] as const;

export type ListOperator = (typeof LISTS)[number];
export type LeafOperator = (typeof COMPARISONS)[number] | 'PREFIX' | 'WITHIN' | 'FULL_TEXT_PREFIX';

/** What each kind of field can be asked. */
export const OPERATORS: Readonly<Record<Field['kind'], readonly (LeafOperator | ListOperator)[]>> = {
  text: [...COMPARISONS, 'PREFIX', ...LISTS],
  moment: [...COMPARISONS, ...LISTS],
  number: [...COMPARISONS, ...LISTS],
  boolean: ['EQ', 'NEQ', ...LISTS],
  choices: ['EQ', 'NEQ', ...LISTS],
  place: ['WITHIN'],
  words: ['FULL_TEXT_PREFIX'],
};

/** A condition without others in it. Its value is as the client sent it, and stands at `path`. */
export interface Leaf {
  op: LeafOperator;
  value: unknown;
  path: string;
}

export type Condition = Leaf | { op: ListOperator; conditions: Condition[] };

/** Each of these must hold. */
export type Query = { field: Field; condition: Condition }[];

/** Whether the condition holds where nothing is set. Of those without others in them, EQ null and NEQ to a value do. */
export function holdsForUnset(condition: Condition): boolean {
  if (!('conditions' in condition)) return condition.op === (condition.value === null ? 'EQ' : 'NEQ');
  return condition.op === 'ANY'
    ? condition.conditions.some(holdsForUnset)
    : condition.conditions.every(holdsForUnset);
}
