import { type JoinedPoolTypeRow, withPoolType } from './pool-types/pool-type.ts';

/** What a client says of a pool: absent = as it is, null = cleared. */
export interface PoolInput {
  name: string;
  description?: string | null;
  visibility?: 'public' | 'private';
  owner?: string | null;
  poolType?: { id: string } | null;
  shares?: { users?: string[]; teams?: string[] };
}

/** A pool as it is kept, its memberships aside. */
export interface PoolState {
  name: string;
  description: string | null;
  public: boolean;
  ownerId: string | null;
  typeId: string | null;
  /** Ordered by id, as are the teams. */
  users: string[];
  teams: string[];
}

/** A pool as a reader sees it: with its type, and with the count of those of its contacts that the reader sees. */
export interface PoolRow extends JoinedPoolTypeRow {
  id: string;
  name: string;
  description: string | null;
  public: boolean;
  owner_id: string | null;
  users: string[];
  teams: string[];
  contacts: number;
  created_at: string;
  updated_at: string;
}

/** The pool as /v1 answers it. */
export function poolWire(companyId: number, row: PoolRow) {
  return {
    id: row.id,
    name: row.name,
    ...(row.description === null ? {} : { description: row.description }),
    visibility: row.public ? 'public' : 'private',
    ...(row.owner_id === null ? {} : { owner: row.owner_id }),
    ...withPoolType(companyId, row),
    shares: { users: row.users, teams: row.teams },
    contactCount: row.contacts,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
