import type pg from 'pg';
import { holdMigrations } from '../platform/db/migrate.ts';
import type { Plan } from './plan.ts';

/** Runs all steps of a plan or none. Servers that start meanwhile wait. */
export async function distribute(client: pg.Client, { steps }: Pick<Plan, 'steps'>): Promise<void> {
  await client.query('begin');
  try {
    await holdMigrations(client);
    for (const { what, sql } of steps) {
      await client.query(sql).catch((error: Error) => {
        throw new Error(`It was not done, for PostgreSQL refused to ${what}: ${error.message}`, {
          cause: error,
        });
      });
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
