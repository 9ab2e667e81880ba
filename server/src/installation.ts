import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type ConnectionSettings, type Database, openDatabase } from './platform/db/database.ts';
import { migrate } from './platform/db/migrate.ts';
import { runningCluster, startCluster } from './platform/embedded-postgres/cluster.ts';
import { type Files, openFiles } from './platform/files/files.ts';

/** What the settings point to: the database, ready to use, the secret and the files. */
export interface Installation {
  database: Database;
  secret: string;
  files: Files;
  /** Settles when the embedded database could not be kept running. */
  failed: Promise<Error>;
  close(): Promise<void>;
}

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
  const opened = await openUnmigrated(config, log, { beside });
  try {
    const client = await opened.database.connect().catch((error) => {
      throw unreachable(config, error);
    });
    await requireVersion(client).catch(async (error) => {
      await client.end();
      throw error;
    });
    const applied = await migrate(client).finally(() => client.end());
    if (applied.length > 0) log.info({ applied }, 'migrated the database');
    const secret = config.secret ?? (await keptSecret(config.dataDir));
    return { ...opened, secret, files: openFiles(config) };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** The database of the settings as it stands, for whoever only looks. */
export async function openUnmigrated(
  config: Config,
  log: Logger,
  { beside }: { beside: boolean },
): Promise<Omit<Installation, 'secret' | 'files'>> {
  const cluster = await connectionOf(config, log, beside);
  const database = openDatabase(cluster.connection, log);
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
  return startCluster({ dataDir: config.dataDir, log, announce: { url: config.publicUrl } });
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
