import { createServer } from 'node:net';
import type { Config } from '../../config.ts';
import { isDataFolderHeld } from '../../platform/embedded-postgres/data-folder-lock.ts';
import { type Finding, fail, ok, reasonOf } from './finding.ts';

const CHECK = 'port';
const PATIENCE = 3_000;
const OTHER = 'Set HEADWATER_PORT to another, or stop what uses it.';

/** Whether the port is free, or answered by a server that can be this installation's. */
export async function checkPort(config: Config, folderUsable: boolean): Promise<Finding> {
  const { host, port } = config;
  if (port === 0) return ok(CHECK, 'any free one will be taken');
  const refusal = await listenRefusal(host, port);
  if (!refusal) return ok(CHECK, `${port} on ${host} is free`);
  if (refusal.code !== 'EADDRINUSE') {
    return fail(
      CHECK,
      `${port} on ${host} cannot be listened on (${reasonOf(refusal)}). Set HEADWATER_HOST to an address of this machine and HEADWATER_PORT to a port above 1023.`,
    );
  }
  const version = await headwaterAt(host, port);
  if (version === undefined) return fail(CHECK, `${port} on ${host} is used by another program. ${OTHER}`);
  if (folderUsable && !config.databaseUrl && !isDataFolderHeld(config.dataDir)) {
    return fail(CHECK, `${port} on ${host} is used by a Headwater with another data folder. ${OTHER}`);
  }
  return ok(CHECK, `${port} on ${host} is answered by Headwater ${version}`);
}

async function listenRefusal(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

/** The version of the Headwater that answers there; undefined where something else does, or nothing. */
async function headwaterAt(host: string, port: number): Promise<string | undefined> {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  const address = reachable.includes(':') ? `[${reachable}]` : reachable;
  try {
    const answer = await fetch(`http://${address}:${port}/openapi.json`, {
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { info } = (await answer.json()) as { info?: { title?: string; version?: string } };
    return info?.title === 'Headwater' ? info.version : undefined;
  } catch {
    return undefined;
  }
}
