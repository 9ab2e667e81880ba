import type { TSchema } from 'typebox';
import { invalid } from '../problem.ts';

interface Shape {
  properties?: Record<string, Shape>;
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

function strip(shape: Shape, value: unknown, path: string, unknown: Set<string>): unknown {
  if (typeof value === 'string') return storable(value, path);
  if (Array.isArray(value)) {
    return shape.items ? value.map((item) => strip(shape.items!, item, `${path}[]`, unknown)) : value;
  }
  if (value === null || typeof value !== 'object' || !shape.properties) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const property = Object.hasOwn(shape.properties, name) ? shape.properties[name] : undefined;
    const at = path ? `${path}.${name}` : name;
    if (!property) unknown.add(at);
    else if (!property.readOnly) kept[name] = strip(property, inner, at, unknown);
  }
  return kept;
}

function storable(value: string, path: string): string {
  if (value.includes('\0')) throw invalid(path, 'must not contain the character U+0000');
  if (!value.isWellFormed()) throw invalid(path, 'must not contain half of a surrogate pair');
  return value;
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
    shape = shape?.properties?.[step.replace('[]', '')];
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
