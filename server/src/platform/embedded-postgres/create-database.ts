import type { ClientBase } from 'pg';
import { owner } from './cluster-settings.ts';

/** Creates the role and the database named `headwater`, each unless it is there. Needs the superuser. */
export async function createDatabase(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ role: boolean; database: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS role,
            EXISTS (SELECT FROM pg_database WHERE datname = $1) AS database`,
    [owner],
  );
  if (!rows[0]?.role) await client.query(`CREATE ROLE ${owner} LOGIN`);
  if (!rows[0]?.database) await client.query(`CREATE DATABASE ${owner} OWNER ${owner}`);
}
