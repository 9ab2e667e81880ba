import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { migrate } from '../server/src/platform/db/migrate.ts';
import { columnTypes } from '../server/src/platform/db/types.ts';
import { startCluster } from '../server/src/platform/embedded-postgres/cluster.ts';
import { createDatabase } from '../server/src/platform/embedded-postgres/create-database.ts';

export interface TemporaryDatabase {
  /** A connection like one of those that the server searches on. */
  connect(): Promise<pg.Client>;
  /** Ends every connection, and leaves nothing behind; the second time it does no more than wait for that. */
  remove(): Promise<void>;
}

/** An embedded PostgreSQL with the settings of production, in a folder of its own; its database is migrated and empty. */
export async function temporaryDatabase(): Promise<TemporaryDatabase> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'headwater-bench-'));
  const clients: pg.Client[] = [];
  const cluster = await startCluster({ dataDir, log: pino({ level: 'silent' }) });
  const connected = async (config: pg.ClientConfig) => {
    const client = new pg.Client({ ...config, types: columnTypes });
    client.on('error', () => {});
    clients.push(client);
    await client.connect();
    return client;
  };
  const { host, port } = cluster.connection;
  const clear = async () => {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  let cleared: Promise<void> | undefined;
  const database: TemporaryDatabase = {
    connect: () => connected({ ...cluster.connection, options: '-c TimeZone=UTC' }),
    remove() {
      cleared ??= clear();
      return cleared;
    },
  };
  try {
    await createDatabase(await connected({ host, port, user: 'postgres', database: 'postgres' }));
    await migrate(await database.connect());
    return database;
  } catch (error) {
    await database.remove();
    throw error;
  }
}
