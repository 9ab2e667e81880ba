import { readdirSync, readFileSync, statSync } from 'node:fs';
import { runCommand } from './run-command.ts';

/** The live processes of one cluster. */
export interface ClusterProcesses {
  postmasters: number[];
  /** Backends and workers; seen on Linux only. */
  children: number[];
}

/**
 * Finds the live PostgreSQL processes that work in `clusterDir`, whoever started them. `noted` is the pid
 * that the cluster's pid file names: elsewhere than on Linux, only that one is looked at.
 */
export async function clusterProcesses(
  clusterDir: string,
  noted: number | undefined,
): Promise<ClusterProcesses> {
  if (process.platform === 'linux') return linuxProcesses(clusterDir);
  if (noted === undefined) return { postmasters: [], children: [] };
  const { output } = await runCommand('ps', ['-ww', '-o', 'command=', '-p', `${noted}`], { cwd: '/' });
  return { postmasters: isPostmasterCommand(output, clusterDir) ? [noted] : [], children: [] };
}

/** Whether a process's command line, as `ps` prints it, is that of a postmaster started on this folder. */
export function isPostmasterCommand(command: string, clusterDir: string): boolean {
  return command.includes(`/postgres -D ${clusterDir} -c `);
}

function linuxProcesses(clusterDir: string): ClusterProcesses {
  const found: ClusterProcesses = { postmasters: [], children: [] };
  const folder = statSync(clusterDir);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const cwd = statSync(`/proc/${name}/cwd`);
      if (cwd.ino !== folder.ino || cwd.dev !== folder.dev) continue;
      if (readFileSync(`/proc/${name}/comm`, 'utf8').trim() !== 'postgres') continue;
      const isChild = readFileSync(`/proc/${name}/cmdline`, 'utf8').startsWith('postgres: ');
      found[isChild ? 'children' : 'postmasters'].push(Number(name));
    } catch {
      // It ended meanwhile, or is another user's, or a zombie: no process of this cluster.
    }
  }
  return found;
}
