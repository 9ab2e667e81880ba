import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used: CPU seconds since its start, resident bytes now. */
export interface Usage {
  cpu: number;
  rss: number;
}

/** A server's, as its metrics tell it. */
export async function usageOfServer(url: string): Promise<Usage> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)![1]);
  return { cpu: value('process_cpu_seconds_total'), rss: value('process_resident_memory_bytes') };
}

/** Hundredths of a second, on every Linux that Node.js runs on. */
const TICKS = 100;

/** CPU seconds of PostgreSQL's processes so far; NaN where there is no /proc. */
export function cpuOfDatabase(postmaster: number): number {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(statOf)
      .filter(({ pid, parent }) => pid === postmaster || parent === postmaster)
      .reduce((sum, { ticks }) => sum + ticks / TICKS, 0);
  } catch {
    return Number.NaN;
  }
}

/** proc_pid_stat(5): behind the command's name, the parent is the second field, user and system time the 12th and 13th, then those of children that ended. */
function statOf(pid: string): { pid: number; parent: number; ticks: number } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { pid: Number(pid), parent: Number(fields[1]), ticks };
  } catch {
    return { pid: Number(pid), parent: 0, ticks: 0 };
  }
}
