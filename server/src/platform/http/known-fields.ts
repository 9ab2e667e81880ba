import type { TSchema } from 'typebox';
import { invalid } from '../problem.ts';

interface Shape {
  properties?: Record<string, Shape>;
  /** Of a record: what its values are, by the pattern of their names, or whatever they are called. */
  patternProperties?: Record<string, Shape>;
  additionalProperties?: boolean | Shape;
  items?: Shape;
  readOnly?: boolean;
}

const MOST_NAMED = 20;

/**
 * A body without what its schema does not know (returned by JSON path, to be named to the client) and without
 * read-only properties (dropped silently). Unknown parts are never walked into. Throws a 400 for text that
 * PostgreSQL cannot keep as it is.
 */
export function knownFields(schema: TSchema, value: unknown): { value: unknown; unknown: string[] } {
  const unknown = new Set<string>();
  return { value: strip(schema as Shape, value, '', unknown), unknown: [...unknown] };
}

/** A list as it came, with the names that the schema of its rows does not know. */
export function untouchedRows(schema: TSchema, value: unknown): { value: unknown; unknown: string[] } {
  const known = (schema as Shape).items?.properties ?? {};
  const unknown = new Set<string>();
  for (const row of Array.isArray(value) ? value : []) {
    if (row === null || typeof row !== 'object' || Array.isArray(row)) continue;
    for (const name of Object.keys(row)) if (!Object.hasOwn(known, name)) unknown.add(`[].${name}`);
  }
  return { value, unknown: [...unknown] };
}

function strip(shape: Shape, value: unknown, path: string, unknown: Set<string>): unknown {
  if (typeof value === 'string') return storable(value, path);
  if (Array.isArray(value)) {
    return shape.items ? value.map((item) => strip(shape.items!, item, `${path}[]`, unknown)) : value;
  }
  if (value === null || typeof value !== 'object' || !hasNames(shape)) return value;
  const kept: [string, unknown][] = [];
  for (const [name, inner] of Object.entries(value)) {
    const property = propertyOf(shape, name);
    const at = path ? `${path}.${name}` : name;
    if (!property) unknown.add(at);
    else if (!property.readOnly) kept.push([name, strip(property, inner, at, unknown)]);
  }
  // Not by assignment: a record may have a property called __proto__.
  return Object.fromEntries(kept);
}

function hasNames({ properties, patternProperties, additionalProperties }: Shape): boolean {
  return Boolean(properties || patternProperties || typeof additionalProperties === 'object');
}

/** The shape of a property by its name; a record's own names must be text that can be kept, too. */
function propertyOf(shape: Shape, name: string): Shape | undefined {
  const { properties = {}, patternProperties = {}, additionalProperties } = shape;
  if (Object.hasOwn(properties, name)) return properties[name];
  const [, byPattern] =
    Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern, 'u').test(name)) ?? [];
  const found = byPattern ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
  if (found) storable(name, 'the name of a field');
  return found;
}

function storable(value: string, path: string): string {
  const reason = unstorable(value);
  if (reason) throw invalid(path, reason);
  return value;
}

/** Why PostgreSQL cannot keep a text as it is, if it cannot. */
export function unstorable(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain the character U+0000';
  return text.isWellFormed() ? undefined : 'must not contain half of a surrogate pair';
}

/** The unknown names as a header's value: what is not plain is percent-encoded, a long list is cut. */
export function ignoredFieldsHeader(unknown: string[]): string {
  const named = unknown.slice(0, MOST_NAMED).map((name) =>
    name
      .slice(0, 80)
      .toWellFormed()
      .replace(/[^\w.\-[\]?$@]/gu, (character) => encodeURIComponent(character)),
  );
  const rest = unknown.length - named.length;
  return named.join(', ') + (rest > 0 ? `, and ${rest} more` : '');
}

/** The known name nearest to a mistyped one, if any is near. */
export function nearest(name: string, known: string[]): string | undefined {
  const wanted = name.toLowerCase().slice(0, 80);
  const scored = known.map((candidate) => ({ candidate, distance: edits(wanted, candidate.toLowerCase()) }));
  scored.sort((a, b) => a.distance - b.distance);
  const best = scored[0];
  return best && best.distance <= Math.max(2, best.candidate.length / 2) ? best.candidate : undefined;
}

/** The property names a JSON path's last step could have meant. */
export function namesAt(schema: TSchema, path: string): string[] {
  let shape: Shape | undefined = schema as Shape;
  for (const step of path.split('.').slice(0, -1)) {
    const name = step.replace('[]', '');
    if (name !== '') shape = shape?.properties?.[name];
    if (step.endsWith('[]')) shape = shape?.items;
  }
  return Object.keys(shape?.properties ?? {});
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
