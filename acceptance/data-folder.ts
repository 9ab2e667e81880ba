import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A data folder, with what an operator finds in it. */
export interface DataFolder {
  path: string;
  /** The process that holds it, by its note. */
  serverPid(): Promise<number>;
  postmasterPid(): Promise<number>;
  /** One of PostgreSQL's processes that serve the server's connections. */
  backendPid(): number;
  remove(): Promise<void>;
}

export async function makeDataFolder(): Promise<DataFolder> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headwater-acceptance-'));
  const note = async () => JSON.parse(await readFile(path.join(folder, 'server.json'), 'utf8'));
  const endProcesses = () => killProcessesIn(path.join(folder, 'postgres'));
  process.once('exit', endProcesses);
  return {
    path: folder,
    serverPid: async () => (await note()).pid,
    async postmasterPid() {
      const text = await readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8');
      return Number.parseInt(text, 10);
    },
    backendPid() {
      const backend = processesIn(path.join(folder, 'postgres')).find((pid) =>
        /^postgres: .*\[local\]/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')),
      );
      if (backend === undefined) throw new Error('PostgreSQL serves no connection');
      return backend;
    },
    async remove() {
      const socketDir: string | undefined = (await note().catch(() => ({}))).socketDir;
      endProcesses();
      process.off('exit', endProcesses);
      // A process that was just killed may write its last file while the folder goes.
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
      if (socketDir) await rm(socketDir, { recursive: true, force: true });
    },
  };
}

/** Ends what still works in a folder: PostgreSQL runs in a process group of its own and outlives a killed server. */
function killProcessesIn(folder: string): void {
  for (const pid of processesIn(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {}
  }
}

function processesIn(folder: string): number[] {
  const { ino, dev } = statSync(folder, { throwIfNoEntry: false }) ?? {};
  if (ino === undefined) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const cwd = statSync(`/proc/${pid}/cwd`);
        return cwd.ino === ino && cwd.dev === dev;
      } catch {
        return false;
      }
    });
}

/** Whether a process runs; one that has ended but was not yet waited for does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
