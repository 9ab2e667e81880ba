import { markdown } from '../markdown.ts';
import type { House } from './house.ts';
import { overload } from './overload.ts';
import { run } from './run.ts';
import { withWorkloads } from './with-workloads.ts';
import type { Workload } from './workloads.ts';

const TIMES = 5;
const NAMES = ['contact by id', 'page of 200 by created date', 'create contact'];
const HEAD = [
  'offered',
  'req/s it can',
  'sent/s',
  'accepted/s',
  'p50 ms',
  'p99 ms',
  'refused/s',
  'no Retry-After',
  'failed',
  'health p99 ms',
];

/** Five times what the server can do, of three kinds: what becomes of the accepted, of the others and of health checks. */
export async function benchCrowd(
  house: House,
  { rows, length, say }: { rows: number; length: { seconds: number }; say: (line: string) => void },
): Promise<string[]> {
  return withWorkloads(house, { rows, say }, async (all) => {
    const lines: string[][] = [];
    for (const workload of all) {
      if (NAMES.includes(workload.name)) lines.push(await crowded(house, workload, length.seconds, say));
    }
    return markdown(HEAD, lines, { right: HEAD.map((_, column) => column).slice(1) });
  });
}

async function crowded(
  house: House,
  { name, connections, server }: Workload,
  seconds: number,
  say: (line: string) => void,
): Promise<string[]> {
  await run({ ...server, url: house.url }, { connections, seconds: 2 });
  const { perSecond } = await run({ ...server, url: house.url }, { connections, seconds });
  const rate = Math.round(perSecond * TIMES);
  say(`${name}: ${Math.round(perSecond)} a second, now ${rate} are sent…`);
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  const found = await overload(house.url, {
    rate,
    seconds,
    request: () => ({ method: server.method, headers, ...server.request() }),
  });
  const each = (count: number) => (count / seconds).toFixed(0);
  return [
    name,
    perSecond.toFixed(0),
    String(rate),
    each(found.accepted.count),
    found.accepted.p50.toFixed(0),
    found.accepted.p99.toFixed(0),
    each(found.refused),
    String(found.withoutRetryAfter),
    Object.entries(found.failed)
      .map(([what, count]) => `${count}× ${what}`)
      .join(', ') || 'none',
    found.health.p99.toFixed(0),
  ];
}
