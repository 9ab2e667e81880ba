import { invalid } from '../../platform/problem.ts';
import { trimmed } from '../../platform/trimmed.ts';
import { uuidv7 } from '../../platform/uuid.ts';

export interface Step {
  id: string;
  name: string;
}

/** What a client says of a pool type: absent = as it is, null = cleared. */
export interface PoolTypeInput {
  name: string;
  description?: string | null;
  steps?: { sequential?: boolean; values?: { id?: string; name: string }[] };
}

/** A pool type as the statements answer it, by itself or with a pool. */
export interface PoolTypeRow {
  type_id: string;
  type_name: string;
  type_description: string | null;
  type_sequential: boolean;
  type_created_at: string;
  type_steps: unknown;
}

/** The same with a pool, which may have none. */
export type JoinedPoolTypeRow = { [K in keyof PoolTypeRow]: PoolTypeRow[K] | null };

/** The type as /v1 answers it. */
export function poolTypeWire(companyId: number, row: PoolTypeRow) {
  return {
    id: row.type_id,
    companyId: String(companyId),
    name: row.type_name,
    ...(row.type_description === null ? {} : { description: row.type_description }),
    createdAt: row.type_created_at,
    steps: { sequential: row.type_sequential, values: row.type_steps as Step[] },
  };
}

/** A pool's property `poolType`, left out where the pool has none. */
export function withPoolType(companyId: number, row: JoinedPoolTypeRow) {
  return row.type_id === null ? {} : { poolType: poolTypeWire(companyId, row as PoolTypeRow) };
}

/**
 * The steps that a request's list leads to. One without an id is the current one of that name, or a new one. Throws a
 * 400 where two have one id or one name.
 */
export function decidedSteps(
  given: readonly { id?: string; name: string }[],
  current: readonly Step[] = [],
): Step[] {
  const byId = new Map(current.map((step) => [key(step.id), step]));
  const byName = new Map(current.map((step) => [key(step.name), step]));
  const named = new Set(given.flatMap(({ id }) => (id === undefined ? [] : [key(id)])));
  const decided = given.map(({ id, name: written }, index) => {
    const name = trimmed(`steps.values[${index}].name`, written);
    if (id !== undefined) return { id: byId.get(key(id))?.id ?? id, name };
    const known = byName.get(key(name));
    return { id: known && !named.has(key(known.id)) ? known.id : uuidv7(), name };
  });
  requireDistinct(decided, 'id');
  requireDistinct(decided, 'name');
  return decided;
}

/** Ids and names of steps are compared without regard to case. */
export function stepOf(steps: readonly Step[], id: string): Step | undefined {
  return steps.find((step) => key(step.id) === key(id));
}

function requireDistinct(steps: Step[], property: keyof Step): void {
  const seen = new Set<string>();
  steps.forEach((step, index) => {
    const own = key(step[property]);
    if (seen.has(own)) {
      throw invalid(`steps.values[${index}].${property}`, `must not be the ${property} of another step`);
    }
    seen.add(own);
  });
}

function key(text: string): string {
  return text.toLowerCase();
}
