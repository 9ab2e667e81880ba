import fc from 'fast-check';
import { HOSTILE_TEXTS, HOSTILE_VALUES } from './hostile.ts';

/** As much of JSON Schema as the routes use. */
export interface Shape {
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Shape;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  properties?: Record<string, Shape>;
  required?: string[];
  readOnly?: boolean;
}

/** For property names whose values must exist, or be of a form that no schema tells. */
export type Known = Record<string, fc.Arbitrary<unknown>>;

const MOMENTS = [
  '2015-09-01T00:00:00.0000',
  '2026-01-31',
  '2024-02-29T23:59:60+14:00',
  '0001-01-01',
  '1969-12-31 23:59:59.999Z',
];

/** Values that fit a schema. */
export function valuesOf(schema: Shape, known: Known): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = [schema.type ?? 'any'].flat();
  return fc.oneof(
    ...types.map((type) => ({ weight: type === 'null' ? 1 : 6, arbitrary: ofType(type, schema, known) })),
  );
}

function ofType(type: string, schema: Shape, known: Known): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case 'number':
      return fc.double({
        min: schema.minimum ?? -1e15,
        max: schema.maximum ?? 1e15,
        noNaN: true,
        noDefaultInfinity: true,
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const bounds = { minLength: schema.minItems ?? 0, maxLength: Math.min(schema.maxItems ?? 3, 3) };
      const items = valuesOf(schema.items ?? {}, known);
      return schema.uniqueItems
        ? fc.uniqueArray(items, { ...bounds, selector: (item) => JSON.stringify(item) })
        : fc.array(items, bounds);
    }
    case 'object': {
      const properties = Object.entries(schema.properties ?? {}).map(
        ([name, inner]) => [name, known[name] ?? valuesOf(inner, known)] as const,
      );
      return fc.record(Object.fromEntries(properties), { requiredKeys: schema.required ?? [] });
    }
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function texts({ format, minLength = 0, maxLength = 200 }: Shape): fc.Arbitrary<string> {
  if (format === 'email') {
    return fc.oneof(
      fc.emailAddress().filter((email) => email.length < 200),
      fc.integer({ min: 0, max: 30 }).map((number) => `Person.${number}@Fuzz.example`),
      fc.constantFrom("o'hara+tag@x.example", 'jürgen@müller.example'),
    );
  }
  if (format === 'date-time') {
    return fc.oneof(
      fc.constantFrom(...MOMENTS),
      fc
        .date({ min: new Date('0001-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
    );
  }
  return fc
    .oneof(
      fc.constantFrom(...HOSTILE_TEXTS),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ maxLength: 20 }),
    )
    .map((text) => text.replaceAll('\0', '').slice(0, maxLength).toWellFormed())
    .map((text) =>
      minLength > 0 && text.trim().length < minLength ? `${text}${'x'.repeat(minLength)}` : text,
    )
    .filter((text) => text.length <= maxLength);
}

/** The value with one of its parts, at any depth, replaced by something that may not stand there. */
export function mutated(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(value, []);
  return fc
    .tuple(fc.constantFrom(...paths), fc.constantFrom(...HOSTILE_VALUES, ...HOSTILE_TEXTS))
    .map(([path, replacement]) => replaced(value, path, replacement));
}

/** A few properties of the schema with what they may not hold. */
export function hostileObject(schema: Shape): fc.Arbitrary<unknown> {
  const value = fc.constantFrom(...HOSTILE_TEXTS, ...HOSTILE_VALUES);
  const names = Object.keys(schema.properties ?? {});
  if (names.length === 0) return fc.array(value, { maxLength: 5 });
  return fc
    .subarray(names, { minLength: 1, maxLength: Math.min(names.length, 3) })
    .chain((some) => fc.record(Object.fromEntries(some.map((name) => [name, value]))));
}

function pathsOf(value: unknown, path: string[]): string[][] {
  if (value === null || typeof value !== 'object') return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function replaced(value: unknown, [first, ...rest]: string[], replacement: unknown): unknown {
  if (first === undefined) return replacement;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  Object.assign(copy, { [first]: replaced((value as Record<string, unknown>)[first], rest, replacement) });
  return copy;
}
