import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterConnection } from './cluster-connection.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

/** What the server that holds a data folder tells about itself, in `<dataDir>/server.json`. */
export interface ServerNote {
  pid: number;
  /** ISO 8601, UTC. */
  startedAt: string;
  url?: string;
  /** Its cluster, once that accepts connections. */
  connection?: ClusterConnection;
  /** The folder of its socket, to be removed by whoever comes after a killed server. */
  socketDir?: string;
}

/** Reads the note; undefined if there is none, or not a legible one. */
export async function readServerNote(dataDir: string): Promise<ServerNote | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(notePath(dataDir), 'utf8'));
    return isServerNote(note) ? note : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the note; only for the holder of the folder's lock. */
export async function writeServerNote(dataDir: string, note: ServerNote): Promise<void> {
  await writeFileAtomically(notePath(dataDir), `${JSON.stringify(note, null, 2)}\n`);
}

/** Removes the note; only for the holder of the folder's lock. */
export async function removeServerNote(dataDir: string): Promise<void> {
  await rm(notePath(dataDir), { force: true });
}

function notePath(dataDir: string): string {
  return join(dataDir, 'server.json');
}

function isServerNote(value: unknown): value is ServerNote {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'startedAt' in value &&
    typeof value.startedAt === 'string'
  );
}
