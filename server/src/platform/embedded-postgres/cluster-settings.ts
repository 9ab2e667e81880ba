import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterUser } from './cluster-user.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

/** The roles that this server acts as: the bootstrap superuser, and the owner of the database. */
export const superuser = 'postgres';
export const owner = 'headwater';

/** For one server, the commands beside it, and people. */
const FEWEST_CONNECTIONS = 60;

const settings = (
  connections: number,
) => `# Written at every start of Headwater. Settings of your own belong in local.conf beside it.
cluster_name = 'headwater'

max_connections = ${Math.max(FEWEST_CONNECTIONS, connections)}
shared_buffers = 128MB
effective_cache_size = 512MB
work_mem = 8MB
maintenance_work_mem = 64MB
random_page_cost = 1.1
jit = off
# Parallel workers need more shared memory than a container has (/dev/shm is 64 MB there).
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0

fsync = on
full_page_writes = on
synchronous_commit = on
wal_compression = pglz
max_wal_size = 1GB

# Transactions here are short: two that wait for each other are told apart soon, and one is run anew.
deadlock_timeout = 100ms

unix_socket_permissions = 0700
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
client_encoding = 'UTF8'

# Statements, their parameters and the values in their errors are people's data: none of them is logged.
log_destination = 'stderr'
logging_collector = off
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
`;

/**
 * Writes the cluster's configuration, and who may connect: this process's user and root, over the socket, as
 * either role. Settings in the folder's `local.conf`, if there is one, come after ours. `connections`: as many as the
 * server may open.
 */
export async function writeClusterSettings(
  clusterDir: string,
  user: ClusterUser,
  connections: number,
): Promise<void> {
  const hba = `local all ${superuser},${owner} peer map=headwater\n`;
  const ident = [...new Set(['root', user.serverUser])]
    .flatMap((name) => [superuser, owner].map((role) => `headwater "${name}" ${role}\n`))
    .join('');
  const local = existsSync(join(clusterDir, 'local.conf')) ? "\ninclude 'local.conf'\n" : '';
  await writeFileAtomically(join(clusterDir, 'postgresql.conf'), settings(connections) + local, user.runAs);
  await writeFileAtomically(join(clusterDir, 'pg_hba.conf'), hba, user.runAs);
  await writeFileAtomically(join(clusterDir, 'pg_ident.conf'), ident, user.runAs);
}
