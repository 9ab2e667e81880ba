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
      'create table if not exists migration (name text primary key, applied_at timestamptz not null default now())',
    );
    const { pending, unknown } = await migrationState(client);
    if (unknown.length > 0) {
      throw new Error(
        `The database was migrated by a newer Headwater (${unknown.join(', ')}). Start that version or restore a backup.`,
      );
    }
    for (const name of pending) {
      const sql = await readFile(new URL(name, FOLDER), 'utf8');
      await client.query('begin');
      try {
        await client.query(sql);
        await client.query('insert into migration (name) values ($1)', [name]);
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

/** Changes nothing: what is new under server/migrations, and what the database has from a newer Headwater. */
export async function migrationState(client: pg.Client): Promise<{ pending: string[]; unknown: string[] }> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const { rows: tables } = await client.query("select where to_regclass('migration') is not null");
  if (tables.length === 0) return { pending: files, unknown: [] };
  const { rows } = await client.query<{ name: string }>('select name from migration');
  const done = new Set(rows.map((row) => row.name));
  return {
    pending: files.filter((name) => !done.has(name)),
    unknown: [...done].filter((name) => !files.includes(name)),
  };
}
