import type { Config } from '../../config.ts';
import { MOST_CONNECTIONS } from '../../platform/db/database.ts';
import { type Finding, ok, warn } from './finding.ts';

const CHECK = 'connections';

/** Whether the database takes as many as this server may open, `most` being its own limit. A pooler makes do with fewer. */
export function checkConnections(
  { workers, databasePooler }: Pick<Config, 'workers' | 'databasePooler'>,
  most: number,
): Finding[] {
  if (databasePooler !== 'none') return [];
  // With workers, the first process has some beside theirs.
  const wanted = MOST_CONNECTIONS * (workers === 1 ? 1 : workers + 1);
  if (wanted < most) return [ok(CHECK, `this server may open ${wanted}, the database takes ${most}`)];
  return [
    warn(
      CHECK,
      `this server may open ${wanted}, the database takes ${most}. Raise max_connections there, or lower HEADWATER_WORKERS.`,
    ),
  ];
}
