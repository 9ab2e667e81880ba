import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

const FOLDER = new URL('../../../migrations/', import.meta.url);
// Any fixed number: every Headwater process asks PostgreSQL for the same lock.
const LOCK = 4_010_001;

/** Applies what is new under server/migrations, each file in its own transaction; other processes wait. Returns the names applied. */
export async function migrate(client: pg.Client): Promise<string[]> {
  const applied: string[] = [];
  await client.query('set statement_timeout = 0');
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  try {
    await client.query(
      `create table if not exists migration (
        name text primary key, digest text not null, applied_at timestamptz not null default now())`,
    );
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
    for (const name of pending) {
      const sql = await source(name);
      await client.query('begin');
      try {
        await client.query(sql);
        await client.query('insert into migration (name, digest) values ($1, $2)', [name, digestOf(sql)]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
      applied.push(name);
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
  }
  return applied;
}

/** Changes nothing: what is new under server/migrations, what the database has from a newer Headwater, what was edited since. */
export async function migrationState(
  client: pg.Client,
): Promise<{ pending: string[]; unknown: string[]; changed: string[] }> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const { rows: tables } = await client.query("select where to_regclass('migration') is not null");
  if (tables.length === 0) return { pending: files, unknown: [], changed: [] };
  const { rows } = await client.query<{ name: string; digest: string }>('select name, digest from migration');
  const done = new Map(rows.map((row) => [row.name, row.digest]));
  const digests = await Promise.all(files.map(async (name) => [name, digestOf(await source(name))] as const));
  return {
    pending: files.filter((name) => !done.has(name)),
    unknown: [...done.keys()].filter((name) => !files.includes(name)),
    changed: digests
      .filter(([name, digest]) => done.has(name) && done.get(name) !== digest)
      .map(([name]) => name),
  };
}

const source = (name: string) => readFile(new URL(name, FOLDER), 'utf8');

function digestOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}
