// autocannon: the load generator of the Node.js field; it finds the percentiles, and is fast enough not to be measured itself.
import autocannon from 'autocannon';

export interface Load {
  url: string;
  token?: string | undefined;
  method: 'GET' | 'POST' | 'PATCH';
  /** The next one. */
  request(): { path: string; body?: string };
  /** Whether each request has to be another one; else the first thousand come again. */
  fresh: boolean;
}

export interface Ran {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  requests: number;
  /** Answers other than 2xx by their status, and requests without one. */
  failed: Record<string, number>;
}

const AGAIN = 1_000;

/** Sends requests over `connections`, each as soon as the one before it is answered. */
export async function run(
  load: Load,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Ran> {
  const headers = {
    'content-type': 'application/json',
    ...(load.token === undefined ? {} : { authorization: `Bearer ${load.token}` }),
  };
  const made = () => ({ method: load.method, headers, ...load.request() });
  const requests = load.fresh
    ? [{ ...made(), setupRequest: (request: autocannon.Request) => ({ ...request, ...load.request() }) }]
    : Array.from({ length: AGAIN }, made);
  const result = await autocannon({ url: load.url, connections, duration: seconds, requests });
  return {
    perSecond: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    requests: result['2xx'],
    failed: Object.fromEntries(
      [
        ...Object.entries(result.statusCodeStats ?? {}).flatMap(([status, { count = 0 }]) =>
          status.startsWith('2') ? [] : [[status, count] as const],
        ),
        ['no answer', result.errors] as const,
      ].filter(([, count]) => count > 0),
    ),
  };
}
