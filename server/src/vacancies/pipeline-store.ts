import type { Sql } from '../platform/db/statement.ts';
import { statement } from '../platform/db/statement.ts';
import { STAGES } from './counts-sql.ts';
import type { Pipeline } from './standing.ts';
import type { Stage } from './vacancy.ts';

const NAMED = 'v.company_id = $1 and (v.id = any ($2) or v.hash_id = any ($3))';

// A change of stages that is under way is waited for, and one that comes later waits.
const hold = statement({
  name: 'vacancy.hold',
  text: `select v.id from vacancy v where ${NAMED} order by v.id for key share`,
  parameters: ['int4', 'uuid[]', 'text[]'],
  row: { id: 'uuid' },
});

// Apart from the lock: the statement that waits for it still sees the stages of before.
const pipelines = statement({
  name: 'vacancy.pipelines',
  text: `select v.id, v.hash_id, v.title, ${STAGES} as stages from vacancy v where ${NAMED}`,
  parameters: ['int4', 'uuid[]', 'text[]'],
  row: { id: 'uuid', hash_id: 'text', title: 'text', stages: 'jsonb' },
});

/** A vacancy's stages, with the ids by which clients name it. */
export interface NamedPipeline extends Pipeline {
  hashId: string;
}

/** Those vacancies, by id or hash_id, that exist; their stages stay as they are until the transaction ends. */
export async function holdPipelines(
  sql: Sql,
  companyId: number,
  { ids, hashIds }: { ids: string[]; hashIds: string[] },
): Promise<NamedPipeline[]> {
  const names = [companyId, ids, hashIds] as const;
  const [held, rows] = await Promise.all([sql.run(hold, names), sql.run(pipelines, names)]);
  const kept = new Set(held.map(({ id }) => id));
  return rows
    .filter(({ id }) => kept.has(id))
    .map(({ id, hash_id, title, stages }) => ({ id, hashId: hash_id, title, stages: stages as Stage[] }));
}
