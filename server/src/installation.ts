import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { isDistributed } from './distribution/citus.ts';
import {
  connectTo,
  type Database,
  type DatabaseTraits,
  MOST_CONNECTIONS,
  openDatabase,
} from './platform/db/database.ts';
import { migrate } from './platform/db/migrate.ts';
import {
  type ConnectionSettings,
  type Pooler,
  poolerSentence,
  requireSession,
} from './platform/db/session.ts';
import { runningCluster, startCluster } from './platform/embedded-postgres/cluster.ts';
import { type Files, openFiles } from './platform/files/files.ts';

/** What the settings point to: the database, ready to use, the secret and the files. */
export interface Installation {
  database: Database;
  /** For another process that opens the same database. */
  access: Access;
  secret: string;
  files: Files;
  /** Settles when the embedded database could not be kept running. */
  failed: Promise<Error>;
  close(): Promise<void>;
}

export interface Access {
  connection: ConnectionSettings;
  traits: DatabaseTraits;
}

/** Of the embedded database, beside what servers use: for commands, and for people. */
const CONNECTIONS_TO_SPARE = 24;

/**
 * Opens the database of the settings (starting the embedded one where that is meant) and migrates it. `beside`: a
 * command that may run while a server holds the data folder, and then uses that server's database.
 */
export async function openInstallation(
  config: Config,
  log: Logger,
  { beside = false }: { beside?: boolean } = {},
): Promise<Installation> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const cluster = await connectionOf(config, log, beside);
  try {
    const traits = { pooler: config.databasePooler };
    const client = await connectTo(cluster.connection, traits).catch((error) => {
      throw unreachable(config, error);
    });
    const distributed = await prepare(client, traits.pooler, log).finally(() => client.end());
    const secret = config.secret ?? (await keptSecret(config.dataDir));
    const access = { connection: cluster.connection, traits: { ...traits, distributed } };
    const database = openDatabase(access.connection, log, access.traits);
    return { ...opened(cluster, database), access, secret, files: openFiles(config) };
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

/** Migrates a database that will do; answers whether its tables are distributed. */
async function prepare(client: pg.Client, pooler: Pooler, log: Logger): Promise<boolean> {
  await requireVersion(client);
  await requireSession(client, pooler);
  const applied = await migrate(client);
  if (applied.length > 0) log.info({ applied }, 'migrated the database');
  return isDistributed(client);
}

type Opened = Pick<Installation, 'database' | 'failed' | 'close'>;

/** The database of the settings as it stands, for whoever only looks. */
export async function openUnmigrated(
  config: Config,
  log: Logger,
  { beside }: { beside: boolean },
): Promise<Opened> {
  const cluster = await connectionOf(config, log, beside);
  return opened(cluster, openDatabase(cluster.connection, log, { pooler: config.databasePooler }));
}

function opened(cluster: Connected, database: Database): Opened {
  return {
    database,
    failed: cluster.failed,
    async close() {
      await database.close();
      await cluster.stop();
    },
  };
}

function unreachable(config: Config, error: Error): Error {
  const sentence = poolerSentence(error);
  if (sentence) return new Error(sentence, { cause: error });
  const what = config.databaseUrl ? 'The database of DATABASE_URL' : 'The embedded database';
  return new Error(
    `${what} cannot be reached (${error.message}): check that it runs and that the URL is right.`,
    {
      cause: error,
    },
  );
}

const OLDEST = 15;

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  const version = Number.parseInt(rows[0]!.server_version, 10);
  if (version < OLDEST)
    throw new Error(`PostgreSQL ${OLDEST} or later is needed; DATABASE_URL leads to ${version}.`);
}

interface Connected {
  connection: ConnectionSettings;
  failed: Promise<Error>;
  stop(): Promise<void>;
}

async function connectionOf(config: Config, log: Logger, beside: boolean): Promise<Connected> {
  const external = { failed: new Promise<Error>(() => {}), stop: async () => {} };
  if (config.databaseUrl) return { ...external, connection: { connectionString: config.databaseUrl } };
  const running = beside ? await runningCluster(config.dataDir) : undefined;
  if (running) return { ...external, connection: running };
  return startCluster({
    dataDir: config.dataDir,
    log,
    announce: { url: config.publicUrl },
    // Workers, and the process that started them.
    connections: MOST_CONNECTIONS * (config.workers + 1) + CONNECTIONS_TO_SPARE,
  });
}

/** The secret under the data folder, made at first use; of two that make it at once, both read the first. */
async function keptSecret(dataDir: string): Promise<string> {
  const file = secretFile(dataDir);
  await writeFile(file, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < 32)
    throw new Error(`${file} is damaged: restore it from a backup, or delete it to end all tokens.`);
  return secret;
}

export function secretFile(dataDir: string): string {
  return path.join(dataDir, 'secret');
}
