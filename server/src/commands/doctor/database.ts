import { existsSync } from 'node:fs';
import type { Config } from '../../config.ts';
import { openUnmigrated } from '../../installation.ts';
import type { Database } from '../../platform/db/database.ts';
import { migrationState } from '../../platform/db/migrate.ts';
import { statement } from '../../platform/db/statement.ts';
import { clusterFolder } from '../../platform/embedded-postgres/cluster-folder.ts';
import { isDataFolderHeld } from '../../platform/embedded-postgres/data-folder-lock.ts';
import { createLogger } from '../../platform/logging/logger.ts';
import { checkConnections } from './connections.ts';
import { type Finding, fail, ok, reasonOf, warn } from './finding.ts';

const OLDEST = 15;

const serverState = statement({
  name: 'doctor.server-state',
  text: `
    select current_setting('server_version_num')::int4 / 10000 as version, current_setting('fsync') as fsync,
      current_setting('full_page_writes') as full_page_writes,
      current_setting('synchronous_commit') as synchronous_commit,
      current_setting('max_connections')::int4 as connections`,
  parameters: [],
  row: {
    version: 'int4',
    fsync: 'text',
    full_page_writes: 'text',
    synchronous_commit: 'text',
    connections: 'int4',
  },
  scope: 'server',
});

/** Whether it is reached, new enough, migrated and durable. Starts the embedded one for that if no server runs. */
export async function checkDatabase(config: Config): Promise<Finding[]> {
  const embedded = !config.databaseUrl;
  const log = createLogger('silent');
  try {
    if (embedded && !existsSync(clusterFolder(config.dataDir)) && !isDataFolderHeld(config.dataDir)) {
      return [ok('database', `will be made in ${clusterFolder(config.dataDir)} at the first start`)];
    }
    const { database, close } = await openUnmigrated(config, log, { beside: true });
    try {
      return await lookInto(database, config);
    } finally {
      await close();
    }
  } catch (error) {
    const advice = embedded
      ? ''
      : ' Check DATABASE_URL, and that the database runs and lets this machine in.';
    return [fail('database', `cannot be reached: ${reasonOf(error)}.${advice}`)];
  }
}

async function lookInto(database: Database, config: Config): Promise<Finding[]> {
  const [state] = await database.read.run(serverState, []);
  const { version, connections, ...durability } = state!;
  if (version < OLDEST) {
    return [fail('database', `PostgreSQL ${version} is too old. Upgrade it to ${OLDEST} or later.`)];
  }
  return [
    ok('database', `PostgreSQL ${version} answers`),
    await migrations(database),
    ...checkConnections(config, connections),
    durabilityFinding(durability, !config.databaseUrl),
  ];
}

async function migrations(database: Database): Promise<Finding> {
  const client = await database.connect();
  const { pending, unknown, changed } = await migrationState(client).finally(() => client.end());
  if (unknown.length > 0) {
    return fail(
      'migrations',
      `a newer Headwater was here (${unknown.join(', ')}). Start that version, or restore a backup.`,
    );
  }
  if (changed.length > 0) {
    return fail(
      'migrations',
      `${changed.join(', ')} is not what this database was migrated with. Bring it back.`,
    );
  }
  if (pending.length === 0) return ok('migrations', 'are up to date');
  return warn('migrations', `${pending.join(', ')} will be applied. Start the server, or restart it.`);
}

/** Managed services replace what fsync and full_page_writes do, and say so; the embedded PostgreSQL has nothing else. */
function durabilityFinding(settings: Record<string, string>, embedded: boolean): Finding {
  const off = Object.keys(settings).filter((name) => settings[name] === 'off');
  if (off.length === 0) return ok('durability', 'what was answered is on disk');
  const names = off.join(', ');
  return embedded
    ? fail('durability', `${names} off: a crash loses data. Remove it from postgres/local.conf and restart.`)
    : warn(
        'durability',
        `${names} off: a crash can lose data, unless your provider makes up for it. Ask it.`,
      );
}
