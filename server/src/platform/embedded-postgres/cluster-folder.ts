import { join } from 'node:path';

/** Linux's name for a process's own working directory. */
const ownFolder = '/proc/self/cwd';

/** Where the cluster of a data folder lies. */
export function clusterFolder(dataDir: string): string {
  return join(dataDir, 'postgres');
}

/**
 * How PostgreSQL is told where its cluster is, being started inside it. On Linux by way of its own working
 * directory: entering that needs no right on the folders above, whichever user it runs as and however long
 * the path.
 */
export function clusterFolderArgument(clusterDir: string): string {
  return process.platform === 'linux' ? ownFolder : clusterDir;
}

/** Puts the cluster's real path into what PostgreSQL said about it. */
export function withClusterFolder(message: string, clusterDir: string): string {
  return message.replaceAll(ownFolder, clusterDir);
}
