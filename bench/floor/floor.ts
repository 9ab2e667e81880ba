import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ClusterConnection } from '../../server/src/platform/embedded-postgres/cluster-connection.ts';
import type { Usage } from '../load/usage.ts';

/**
 * One route of the floor: `/<name>/<value>/<value>…` runs `text`, whose one row has one column `body`. Its parameters are
 * `lead`, then the path's values, then the request's body if it has one.
 */
export interface FloorRoute {
  name: string;
  text: string;
  lead: unknown[];
  /** Writes take a pool of connections, reads are pipelined over two: each is the fastest for its kind. */
  writes: boolean;
}

export interface Floor {
  url: string;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** A process that does the least that answers a request: `node:http`, the driver, one prepared statement, JSON as it comes. */
export async function startFloor(connection: ClusterConnection, routes: FloorRoute[]): Promise<Floor> {
  const child = fork(new URL('./serve.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  child.send({ connection, routes });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    usage: async () => (await (await fetch(`${url}/usage`)).json()) as Usage,
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}
