import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

const FOLDER = new URL('../../../migrations/', import.meta.url);
// Any fixed number: every Headwater process asks PostgreSQL for the same lock.
const LOCK = 4_010_001;

/** Applies what is new under server/migrations, each file in its own transaction; other processes wait. Returns the names applied. */
export async function migrate(client: pg.Client): Promise<string[]> {
  const applied: string[] = [];
  let name: string | undefined;
  do {
    name = await applyNext(client);
    if (name) applied.push(name);
  } while (name);
  return applied;
}

/** Applies the next one in a transaction that leaves nothing on the connection, which may be a pooler's. */
async function applyNext(client: pg.Client): Promise<string | undefined> {
  await client.query('begin');
  try {
    await client.query('set local statement_timeout = 0');
    await holdMigrations(client);
    await makeTable(client);
    const next = await firstPending(client);
    if (next) await apply(client, next);
    await client.query('commit');
    return next;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function firstPending(client: pg.Client): Promise<string | undefined> {
  const { pending, unknown, changed } = await migrationState(client);
  if (unknown.length > 0) {
    throw new Error(
      `The database was migrated by a newer Headwater (${unknown.join(', ')}). Start that version or restore a backup.`,
    );
  }
  if (changed.length > 0) {
    throw new Error(
      `${changed.join(', ')} is not what this database was migrated with. Bring the released file back, or start with a new database.`,
    );
  }
  return pending[0];
}

/** Until the caller's transaction ends, no other process migrates the database, and servers that start wait. */
export async function holdMigrations(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
}

/** Applies those of `wanted` that are new, in the caller's transaction, which holds the migrations. */
export async function migrateWithin(client: pg.Client, wanted: readonly string[]): Promise<void> {
  await makeTable(client);
  const { pending } = await migrationState(client);
  for (const name of pending.filter((one) => wanted.includes(one))) await apply(client, name);
}

/** Changes nothing: what is new under server/migrations, what the database has from a newer Headwater, what was edited since. */
export async function migrationState(
  client: pg.Client,
): Promise<{ pending: string[]; unknown: string[]; changed: string[] }> {
  const files = await names();
  const { rows: tables } = await client.query("select where to_regclass('migration') is not null");
  if (tables.length === 0) return { pending: files, unknown: [], changed: [] };
  const { rows } = await client.query<{ name: string; digest: string }>('select name, digest from migration');
  const done = new Map(rows.map((row) => [row.name, row.digest]));
  const digests = [...(await migrationDigests())];
  return {
    pending: files.filter((name) => !done.has(name)),
    unknown: [...done.keys()].filter((name) => !files.includes(name)),
    changed: digests
      .filter(([name, digest]) => done.has(name) && done.get(name) !== digest)
      .map(([name]) => name),
  };
}

/** The digest of each file under server/migrations, by its name. */
export async function migrationDigests(): Promise<Map<string, string>> {
  const files = await names();
  return new Map(await Promise.all(files.map(async (name) => [name, digestOf(await source(name))] as const)));
}

async function makeTable(client: pg.Client): Promise<void> {
  await client.query(
    `create table if not exists migration (
      name text primary key, digest text not null, applied_at timestamptz not null default now())`,
  );
}

async function apply(client: pg.Client, name: string): Promise<void> {
  const sql = await source(name);
  try {
    await client.query(sql);
  } catch (error) {
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
  await client.query('insert into migration (name, digest) values ($1, $2)', [name, digestOf(sql)]);
}

const names = async () => (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
const source = (name: string) => readFile(new URL(name, FOLDER), 'utf8');

function digestOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}
