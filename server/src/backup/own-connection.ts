import pg from 'pg';
import type { Database } from '../platform/db/database.ts';
import { endWithin } from '../platform/db/end-within.ts';

/** Gives `work` a connection that is cut where the signal comes or `work` fails: a COPY may be under way on it. */
export async function withConnection<T>(
  database: Database,
  signal: AbortSignal | undefined,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await database.connect().catch((error) => {
    throw new Error(
      `The database cannot be reached (${error.message}). Check that it runs, and DATABASE_URL where it is set.`,
      { cause: error },
    );
  });
  const cut = () => void endWithin(client, 0);
  signal?.addEventListener('abort', cut);
  try {
    const result = await work(client);
    await client.end();
    return result;
  } catch (error) {
    await endWithin(client, 0);
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new Error(`PostgreSQL says: ${error.message}. Nothing was kept.`, { cause: error });
  } finally {
    signal?.removeEventListener('abort', cut);
  }
}
