import { nearest } from '../http/known-fields.ts';
import { invalid, type Problem } from '../problem.ts';
import { type Condition, OPERATORS, type Query } from './condition.ts';
import type { Field, Fields } from './fields.ts';

const MOST_QUERIES = 50;
const MOST_IN_A_LIST = 100;
const MOST_CONDITIONS = 200;
const DEEPEST = 5;

interface Reading {
  readonly fields: Fields;
  readonly path: string;
  /** How many there were so far. */
  conditions: number;
}

/** The queries of a statement, with every field, operator and limit checked; what the values are is not looked at. */
export function parseFilter(data: unknown, fields: Fields, path: string): Query[] {
  if (data === undefined) return [];
  const reading: Reading = { fields, path, conditions: 0 };
  return list(data, MOST_QUERIES, path, 'queries').map((query, index) =>
    parseQuery(query, `${path}[${index}]`, reading),
  );
}

function parseQuery(content: unknown, path: string, reading: Reading): Query {
  const { fields } = reading;
  return entries(content, path, 'must be an object of conditions by field').flatMap(([name, inner]) => {
    const at = below(path, name);
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) throw unknown(at, name, Object.keys(fields));
    if (typeof field !== 'function') return [asked(field, inner, at, reading)];
    return entries(inner, at, 'must be an object of conditions by id').map(([id, condition]) => {
      const within = below(at, id);
      const found = field(id);
      if (!found) throw unknown(within, id, []);
      return asked(found, condition, within, reading);
    });
  });
}

function asked(field: Field, content: unknown, path: string, reading: Reading): Query[number] {
  return { field, condition: parseCondition(field, content, path, reading, 0) };
}

/** `depth`: how many lists it stands in. */
function parseCondition(
  field: Field,
  content: unknown,
  path: string,
  reading: Reading,
  depth: number,
): Condition {
  if (++reading.conditions > MOST_CONDITIONS) {
    throw invalid(reading.path, `must hold at most ${MOST_CONDITIONS} conditions`);
  }
  if (!isObject(content)) throw invalid(path, 'must be a condition: an object with op and value');
  const operators = OPERATORS[field.kind];
  const op = operators.find((known) => known === content.op);
  if (op === undefined) throw invalid(`${path}.op`, `must be one of ${operators.join(', ')}`);
  const at = `${path}.value`;
  if (content.value === undefined) throw invalid(at, 'is required');
  if (op !== 'ANY' && op !== 'ALL') return { op, value: content.value, path: at };
  if (depth === DEEPEST) throw invalid(path, `must not be more than ${DEEPEST} lists deep`);
  const conditions = list(content.value, MOST_IN_A_LIST, at, 'conditions').map((inner, index) =>
    parseCondition(field, inner, `${at}[${index}]`, reading, depth + 1),
  );
  return { op, conditions };
}

function list(value: unknown, most: number, path: string, of: string): unknown[] {
  if (!Array.isArray(value)) throw invalid(path, `must be a list of ${of}`);
  if (value.length > most) throw invalid(path, `must have at most ${most} entries`);
  return value;
}

function entries(value: unknown, path: string, expected: string): [string, unknown][] {
  if (!isObject(value)) throw invalid(path, expected);
  return Object.entries(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknown(path: string, name: string, known: string[]): Problem {
  const near = nearest(name, known);
  return invalid(path, `is not known here${near ? `; did you mean ${near}?` : ''}`);
}

/** Cut, since the name is the client's. */
function below(path: string, name: string): string {
  return `${path}.${name.slice(0, 80).toWellFormed()}`;
}
