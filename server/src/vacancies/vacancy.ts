import { randomInt } from 'node:crypto';
import type { StoredIntegrations } from '../identity/integrations.ts';
import { Problem } from '../platform/problem.ts';

/** A step of a vacancy's pipeline, as it is kept; contacts stand on one each. */
export interface Stage {
  id: string;
  value: string;
  name: string;
  group?: string;
  order: number;
  /** Lets no contact out. */
  locked: boolean;
  integrations: StoredIntegrations;
}

/** What a vacancy says of itself beyond title and stages, as the API names it; unset ones are left out. */
export interface Details {
  department?: string;
  description?: string;
  dueDate?: string;
  job_level_id?: string;
  job_url?: string;
  location?: string;
  manager?: string;
  owner?: string;
  published?: boolean;
  salary?: string;
  status?: string;
  team_id?: string;
  type?: string;
  visibility?: string;
}

export interface Vacancy {
  id: string;
  hashId: string;
  title: string;
  createdAt: string;
  updatedAt: string;
  details: Details;
  integrations: StoredIntegrations;
  /** In their order. */
  stages: Stage[];
}

/** How many contacts stand on each stage, by its id: all that the reader sees, and those that are not rejected. */
export type Counts = Record<string, { all: number; assigned: number }>;

/** A vacancy as the API answers it. */
export function vacancyWire(companyId: number, vacancy: Vacancy, counts: Counts) {
  const { published = false, ...details } = vacancy.details;
  return {
    company: String(companyId),
    contact_count: Object.values(counts).reduce((sum, { all }) => sum + all, 0),
    createdAt: vacancy.createdAt,
    hash_id: vacancy.hashId,
    id: vacancy.id,
    integrations: vacancy.integrations,
    ...details,
    published,
    stages: stagesWire(vacancy.stages, counts),
    title: vacancy.title,
    updated_at: vacancy.updatedAt,
  };
}

export function stagesWire(stages: Stage[], counts: Counts) {
  return stages.map((stage) => ({
    assigned: counts[stage.id]?.assigned ?? 0,
    contactcount: counts[stage.id]?.all ?? 0,
    ...stage,
  }));
}

/** Bytes of a vacancy's text, counts aside. A page of 200 has to fit into memory several times over. */
const LARGEST_VACANCY = 256 * 1024;

/** A 400 for a vacancy that would be too large. */
export function requireBounded(vacancy: Omit<Vacancy, 'createdAt' | 'updatedAt'>): void {
  const bytes = Buffer.byteLength(JSON.stringify(vacancy));
  if (bytes > LARGEST_VACANCY) {
    throw new Problem(
      400,
      `body: a vacancy takes at most ${LARGEST_VACANCY} bytes; this one would take ${bytes}`,
    );
  }
}

const HASH_LENGTH = 12;
const HASH_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A short public id. */
export function newHashId(): string {
  return Array.from({ length: HASH_LENGTH }, () => HASH_LETTERS[randomInt(HASH_LETTERS.length)]).join('');
}
