import type pg from 'pg';

/** What a database has of Citus, and who asks. */
export interface CitusState {
  /** Whether the extension can be created. */
  available: boolean;
  /** Of the extension in this database, such as 12.1; undefined where it was not created. */
  version: string | undefined;
  /** Whether this is the server that the others are asked by. */
  coordinator: boolean;
  /** How many servers hold each row. */
  replicas: number;
  /** Whether there is one that takes rows. */
  roomy: boolean;
  role: string;
  /** Tables of the schema that belong to somebody else. */
  foreign: string[];
  /** Connections of servers. */
  servers: number;
}

type OfCluster = Pick<CitusState, 'coordinator' | 'replicas' | 'roomy'>;

const OLDEST = [12, 1] as const;

export async function readState(client: pg.ClientBase): Promise<CitusState> {
  const { rows } = await client.query<Omit<CitusState, keyof OfCluster> & { version: string | null }>(`
    select exists (select from pg_available_extensions where name = 'citus') as available,
      (select extversion from pg_extension where extname = 'citus') as version,
      current_user::text as role,
      array(select c.relname::text from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and not pg_has_role(current_user, c.relowner, 'member') order by c.relname) as foreign,
      (select count(*)::int from pg_stat_activity a
        where a.datname = current_database() and a.application_name = 'headwater' and a.pid <> pg_backend_pid()) as servers`);
  const { version, ...state } = rows[0]!;
  if (version === null)
    return { ...state, version: undefined, coordinator: false, replicas: 1, roomy: false };
  // A cluster without any server takes the coordinator for one.
  const { rows: nodes } = await client.query<OfCluster>(`
    select citus_is_coordinator() as coordinator,
      current_setting('citus.shard_replication_factor')::int as replicas,
      coalesce((select bool_or(n.shouldhaveshards and n.isactive) from pg_dist_node n), true) as roomy`);
  return { ...state, version, ...nodes[0]! };
}

/** Why tables cannot be distributed here; undefined where they can. */
export function refusalOf(state: CitusState): string | undefined {
  const { available, version, coordinator, replicas, roomy, role, foreign, servers } = state;
  if (version === undefined) {
    return available
      ? 'Citus is installed, but not in this database. Have a superuser run there, and on every other server of the cluster: create extension citus;'
      : `PostgreSQL has no Citus here. Install Citus ${OLDEST.join('.')} or later on every server, name it first in shared_preload_libraries, restart them, and have a superuser run: create extension citus;`;
  }
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    return `Citus ${version} is too old: from ${OLDEST.join('.')} on it takes the identity column of the table company. Upgrade it, then run: alter extension citus update;`;
  }
  if (!coordinator) return 'DATABASE_URL leads to a worker of the cluster. Let it lead to the coordinator.';
  if (replicas !== 1) {
    return `citus.shard_replication_factor is ${replicas}; foreign keys need 1. Set it to 1, and let PostgreSQL's own replication keep the copies.`;
  }
  if (!roomy) {
    return "No server of the cluster takes rows. Add workers: select citus_add_node('<host>', 5432);";
  }
  if (foreign.length > 0) {
    return `The role ${role} does not own ${foreign.join(', ')}. Run this as the role that does.`;
  }
  if (servers > 0) {
    return `Servers are connected to the database (${servers} connections). Stop them, and a pooler that keeps their connections; afterwards start them again.`;
  }
  return undefined;
}

/** The tables that Citus knows, by name; none where it is not there. */
export async function citusTables(client: pg.ClientBase): Promise<ReadonlySet<string>> {
  const { rows: there } = await client.query("select from pg_extension where extname = 'citus'");
  if (there.length === 0) return new Set();
  const { rows } = await client.query<{ name: string }>(`
    select c.relname as name from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
    where c.relnamespace = 'public'::regnamespace`);
  return new Set(rows.map(({ name }) => name));
}

/** Whether the tables are spread over several servers by Citus. */
export async function isDistributed(client: pg.ClientBase): Promise<boolean> {
  return (await citusTables(client)).size > 0;
}
