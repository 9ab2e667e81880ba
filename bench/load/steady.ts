import { setTimeout as sleep } from 'node:timers/promises';
import { markdown } from '../markdown.ts';
import type { House } from './house.ts';
import { run } from './run.ts';
import { usageOfServer } from './usage.ts';
import { withWorkloads } from './with-workloads.ts';

/** Looks at the memory, evenly spread. */
const LOOKS = 20;
const CONNECTIONS = 2;

/** Every workload at the same time for a while; answers what the server held of memory meanwhile. */
export async function benchSteady(
  house: House,
  { rows, length, say }: { rows: number; length: { seconds: number }; say: (line: string) => void },
): Promise<string[]> {
  return withWorkloads(house, { rows, say }, async (all) => {
    const { seconds } = length;
    say(`${all.length} workloads at once for ${seconds} s…`);
    const running = Promise.all(
      all.map(({ server }) => run({ ...server, url: house.url }, { connections: CONNECTIONS, seconds })),
    );
    const lines: string[][] = [];
    for (let look = 1; look <= LOOKS; look++) {
      await sleep((seconds * 1_000) / LOOKS);
      const { rss } = await usageOfServer(house.url);
      lines.push([`${Math.round((seconds * look) / LOOKS)}`, (rss / 1e6).toFixed(0)]);
    }
    const ran = await running;
    const answers = ran.reduce((sum, { requests }) => sum + requests, 0);
    const failed = ran
      .flatMap(({ failed }) => Object.entries(failed))
      .map(([what, count]) => `${count}× ${what}`);
    return [
      ...markdown(['after s', 'RSS MB'], lines, { right: [0, 1] }),
      '',
      `${answers.toLocaleString('en')} answers; failed: ${failed.join(', ') || 'none'}`,
    ];
  });
}
