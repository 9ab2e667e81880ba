import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/platform/db/migrate.ts';
import { startCluster } from '../src/platform/embedded-postgres/cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { host: string; port: number };
  }
}

export const TEMPLATE = 'headwater_template';
/** The same, for tests that look at the schema: a database that anyone is connected to cannot be cloned. */
export const CATALOG = 'headwater_catalog';

/** One real PostgreSQL for the run, with a migrated template that each test file clones. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'headwater-test-'));
  const cluster = await startCluster({ dataDir, log: pino({ level: 'silent' }) });
  const { host, port } = cluster.connection;
  const operator = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
  await operator.connect();
  // Tests may lose what a crash loses; the embedded server's own tests keep durability on.
  await operator.query('alter system set synchronous_commit = off');
  await operator.query('alter system set fsync = off');
  await operator.query('select pg_reload_conf()');
  await operator.query(`create database ${TEMPLATE} owner headwater`);
  const client = new pg.Client({ host, port, user: 'headwater', database: TEMPLATE });
  await client.connect();
  await migrate(client);
  await client.end();
  await operator.query(`create database ${CATALOG} template ${TEMPLATE} owner headwater`);
  await operator.end();
  project.provide('postgres', { host, port });
  return async () => {
    await cluster.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
