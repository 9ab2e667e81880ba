import { choicesAmong, choicesCondition } from './choices.ts';
import { comparison } from './comparison.ts';
import { type Condition, holdsForUnset, type Leaf } from './condition.ts';
import type { Bind, Field, FieldSql } from './fields.ts';
import { placeCondition } from './place.ts';
import { textAmong, textCondition } from './text.ts';
import { booleanValue, momentValue, numberValue } from './values.ts';
import { wordsCondition } from './words.ts';

interface Kind {
  leaf(leaf: Leaf): string;
  /** EQ to any of them in one comparison, so that one statement and one index serve lists of any length. */
  among?(leaves: Leaf[]): string;
}

/** SQL for a condition on a field: true or false, never null. */
export function compileCondition(field: Field, condition: Condition, bind: Bind, now: Date): string {
  const kind = kindOf(field, bind, now);
  const compiled = (one: Condition): string => {
    if (!('conditions' in one)) return kind.leaf(one);
    if (one.op === 'ALL') return allOf(one.conditions.map(compiled));
    const { among } = kind;
    return among && one.conditions.length > 0 && one.conditions.every(isValue)
      ? among(one.conditions)
      : anyOf(one.conditions.map(compiled));
  };
  const holds = compiled(condition);
  const rows = 'rows' in field ? field.rows : undefined;
  if (!rows) return holds;
  // What holds where there is no row holds unless there is one that says otherwise.
  return holdsForUnset(condition) ? `(not (${rows(`(not ${holds})`, bind)}))` : `(${rows(holds, bind)})`;
}

export function allOf(conditions: string[]): string {
  return joined(conditions, 'and') ?? 'true';
}

export function anyOf(conditions: string[]): string {
  return joined(conditions, 'or') ?? 'false';
}

function joined(conditions: string[], word: string): string | undefined {
  return conditions.length > 1 ? `(${conditions.join(` ${word} `)})` : conditions[0];
}

function isValue(condition: Condition): condition is Leaf {
  return condition.op === 'EQ' && condition.value !== null;
}

function kindOf(field: Field, bind: Bind, now: Date): Kind {
  if (field.kind === 'place') {
    const [lat, lon] = [columnOf(field.lat, bind), columnOf(field.lon, bind)];
    return { leaf: (leaf) => placeCondition(leaf, lat(), lon(), bind) };
  }
  const column = columnOf(field.sql, bind);
  switch (field.kind) {
    case 'text':
      return {
        leaf: (leaf) => textCondition(leaf, { sql: column(), indexed: field.indexed }, bind),
        among: (leaves) => textAmong(leaves, { sql: column(), indexed: field.indexed }, bind),
      };
    case 'choices':
      return {
        leaf: (leaf) => choicesCondition(leaf, column(), field.stored, bind),
        among: (leaves) => choicesAmong(leaves, column(), field.stored, bind),
      };
    case 'moment': {
      const checked = (value: unknown, path: string) => momentValue(value, path, now);
      return { leaf: (leaf) => comparison(leaf, column(), 'timestamptz', checked, bind) };
    }
    case 'number':
      return { leaf: (leaf) => comparison(leaf, column(), 'float8', numberValue, bind) };
    case 'boolean':
      return { leaf: (leaf) => comparison(leaf, column(), 'bool', booleanValue, bind) };
    case 'words': {
      const within = field.within === undefined ? undefined : columnOf(field.within, bind);
      return { leaf: (leaf) => wordsCondition(leaf, column, within, bind) };
    }
  }
}

/** Made once, and only when it is used: a parameter that no SQL names is an error to PostgreSQL. */
function columnOf(sql: FieldSql, bind: Bind): () => string {
  let made: string | undefined;
  return () => {
    made ??= `(${typeof sql === 'string' ? sql : sql(bind)})`;
    return made;
  };
}
